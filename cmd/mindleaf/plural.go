package main

import (
	"fmt"
	"strings"
)

// singulars are the nouns that the English messages count, and the verbs that may
// follow them, by their plural.
var singulars = map[string]string{
	"answers": "answer", "backups": "backup", "brackets": "bracket", "bytes": "byte", "cards": "card", "days": "day", "decks": "deck", "entries": "entry", "events": "event", "files": "file",
	"drills": "drill", "elements": "element", "fields": "field", "lapses": "lapse", "leaves": "leaf", "letters": "letter",
	"minutes": "minute", "notes": "note", "pages": "page", "pictures": "picture", "problems": "problem", "questions": "question", "reviews": "review", "rows": "row",
	"sections": "section", "sounds": "sound", "things": "thing", "times": "time",
}

// singularVerbs are the verbs and pronouns that may follow a counted noun, by their
// plural.
var singularVerbs = map[string]string{
	"are": "is", "come": "comes", "have": "has", "get": "gets", "keep": "keeps", "their": "its", "they": "it", "them": "it", "wait": "waits", "were": "was",
}

// agreeing returns the English message with every noun that one of args counts as
// one in the singular, and its verb: "%d cards are due" becomes "%d card is due".
func agreeing(message string, args []any) string {
	var b strings.Builder
	for n := 0; ; {
		at := strings.IndexByte(message, '%')
		if at < 0 {
			return b.String() + message
		}
		at += strings.IndexFunc(message[at+1:], isVerb) + 2
		b.WriteString(message[:at])
		verb := message[at-1]
		if message = message[at:]; verb == '%' {
			continue
		}
		if (verb == 'd' || verb == 's') && n < len(args) && fmt.Sprint(args[n]) == "1" {
			message = singular(message)
		}
		n++
	}
}

func isVerb(r rune) bool { return r == '%' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// agreeingText is agreeing for a text that is made already: an error or a warning. What
// it quotes stays as it is.
func agreeingText(text string) string {
	for at := 0; ; {
		n := strings.Index(text[at:], "1 ")
		if n < 0 {
			return text
		}
		at += n + 1
		before := text[:at-1]
		alone := before == "" || strings.HasSuffix(before, " ")
		if alone && strings.Count(before, `"`)%2 == 0 {
			text = text[:at] + singular(text[at:])
		}
	}
}

// farthest is how many words may stand between a number and the noun it counts,
// the noun included.
const farthest = 4

// singular puts the noun that the number before text counts in the singular, and
// the verbs from there to the next noun or the end of the clause.
func singular(text string) string {
	end := strings.IndexAny(text, "%,.(0123456789")
	if end < 0 {
		end = len(text)
	}
	words := strings.Split(text[:end], " ")
	found := false
	for i, w := range words {
		bare := strings.TrimRight(w, ":;")
		one, isNoun := singulars[bare]
		if isNoun == found && (isNoun || i >= farthest) {
			break
		}
		if isNoun {
			found = true
		} else if found {
			one = singularVerbs[bare]
		}
		if one != "" {
			words[i] = one + w[len(bare):]
		}
	}
	return strings.Join(words, " ") + text[end:]
}
