package tomlfile

import (
	"strings"

	"github.com/mindleaf/mindleaf/deck"
)

// languages holds the codes of ISO 639-1 and the Chinese languages of 639-3: a
// closed list, because notes.old.toml and todo.go.toml name no language.
const languages = " aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy " +
	"da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie " +
	"ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi " +
	"mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc " +
	"sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi " +
	"vo wa wo xh yi yo za zh zu cmn gan hak lzh nan wuu yue "

// fromName returns the identity and the language that the file's name gives a
// deck that states none. The language is "" when the name has none.
func fromName(name string) (deck.ID, string) {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	if n := len(name) - len(".toml"); n >= 0 && strings.EqualFold(name[n:], ".toml") {
		name = name[:n]
	}
	language := ""
	if dot := strings.LastIndexByte(name, '.'); dot > 0 && isLanguage(name[dot+1:]) {
		name, language = name[:dot], strings.ReplaceAll(name[dot+1:], "_", "-")
	}
	return deck.ID(strings.Join(strings.Fields(name), "-")), language
}

// isLanguage reports whether s is a language tag such as zh, en-GB or zh_Hant.
func isLanguage(s string) bool {
	code, rest := s, ""
	if i := strings.IndexAny(s, "-_"); i >= 0 {
		code, rest = s[:i], s[i+1:]
		if rest == "" {
			return false
		}
	}
	for i := range len(rest) {
		if c := rest[i]; !bareKeyByte(c) {
			return false
		}
	}
	return len(code) >= 2 && !strings.Contains(code, " ") && strings.Contains(languages, " "+code+" ")
}
