package filter

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/mindleaf/mindleaf/deck/spelling"
)

// Keys lists the keys of the language, the most used first.
var Keys = []string{"is", "due", "deck", "section", "tag", "level", "kind", "flag", "ease", "interval", "lapses", "id"}

// Words lists what may stand behind the keys that take one of a few words.
var Words = map[string][]string{
	"is":    {"due", "new", "learning", "young", "mature", "leech", "suspended", "buried", "flagged", "drill", "archived"},
	"level": {"beginner", "intermediate", "advanced"},
	"kind":  {"basic", "reversed", "cloze", "list", "choice", "typed"},
}

// aliases are the Chinese names of keys and words, as the interface says them.
var aliases = map[string]string{
	"是": "is", "到期": "due", "卡组": "deck", "章节": "section", "标签": "tag", "级别": "level", "题型": "kind", "旗子": "flag",
	"易度": "ease", "间隔": "interval", "遗忘": "lapses", "标识": "id",
	"新": "new", "新卡": "new", "学习中": "learning", "初熟": "young", "掌握": "mature", "顽固": "leech", "顽固卡": "leech", "暂停": "suspended",
	"搁置": "buried", "已标旗": "flagged", "巩固": "drill", "归档": "archived",
	"初学者": "beginner", "中级": "intermediate", "高级": "advanced",
}

// compared are the keys whose number can be compared.
var compared = []string{"due", "ease", "interval", "lapses"}

// maxNumber is the largest number that can be compared with.
const maxNumber = 1_000_000

// keyOf returns the key that a name means, "" for none.
func keyOf(name string) string { return oneOf(name, Keys) }

// oneOf returns the word among allowed that name means, "" for none.
func oneOf(name string, allowed []string) string {
	name = strings.ToLower(name)
	if english, ok := aliases[name]; ok {
		name = english
	}
	if slices.Contains(allowed, name) {
		return name
	}
	return ""
}

// operators are what ends a key; full-width ones count as the others.
const operators = ":：<>=＜＞＝"

// cutKey splits a word such as ease<=2 into the key and its operator; n is the
// length of both. The key is "" where the word is text: what could be a key is
// made of Latin letters, or is one.
func cutKey(word []rune) (key, operator string, n int) {
	n = slices.IndexFunc(word, func(r rune) bool { return strings.ContainsRune(operators, r) })
	if n <= 0 {
		return "", "", 0
	}
	key = string(word[:n])
	if keyOf(key) == "" && strings.Trim(strings.ToLower(key), "abcdefghijklmnopqrstuvwxyz") != "" {
		return "", "", 0
	}
	operator = strings.NewReplacer("：", ":", "＜", "<", "＞", ">", "＝", "=").Replace(string(word[n]))
	n++
	if (operator == "<" || operator == ">") && n < len(word) && (word[n] == '=' || word[n] == '＝') {
		operator += "="
		n++
	}
	return key, operator, n
}

// unknownKey is the error for a key that is none.
func unknownKey(at int, key, operator, word string) error {
	hint := fmt.Sprintf("the keys are %s; %s finds the text itself", strings.Join(Keys, ", "), quote(word))
	if meant := spelling.Closest(strings.ToLower(key), Keys); meant != "" {
		hint = fmt.Sprintf("did you mean %s%s?", meant, operator)
	} else if operator == ":" && oneOf(key, Words["is"]) != "" {
		hint = fmt.Sprintf("did you mean is:%s?", key)
	}
	return wrong(at, fmt.Sprintf("there is no condition %s%s", key, operator), hint)
}

// check completes a condition, or says what is wrong with its value.
func check(at, valueAt int, e *Expr) (*Expr, error) {
	if slices.Contains(compared, e.Key) {
		return number(valueAt, e)
	}
	if e.Cmp != ":" && e.Cmp != "=" {
		return nil, wrong(at, fmt.Sprintf("%s cannot be compared with %s", e.Key, e.Cmp), "write "+e.Key+":")
	}
	e.Cmp = ""
	if e.Key == "flag" {
		n, err := strconv.ParseUint(e.Value, 10, 8)
		if err != nil || n > 7 {
			return nil, wrong(valueAt, fmt.Sprintf("flag %s is not 0 to 7", quote(e.Value)), "")
		}
		e.Number, e.Value = int64(n), strconv.FormatUint(n, 10)
	}
	if allowed := Words[e.Key]; allowed != nil {
		word := oneOf(e.Value, allowed)
		if word == "" {
			return nil, notOneOf(valueAt, e.Key, e.Value, allowed)
		}
		e.Value = word
	}
	return e, nil
}

// notOneOf is the error for a value that is none of a few words.
func notOneOf(at int, key, value string, allowed []string) error {
	hint := "it is one of " + strings.Join(allowed, ", ")
	if meant := spelling.Closest(strings.ToLower(value), allowed); meant != "" {
		hint = fmt.Sprintf("did you mean %s:%s?", key, meant)
	}
	return wrong(at, fmt.Sprintf("there is no %s:%s", key, value), hint)
}

// number reads the number of a key that is compared; a colon stands for =.
func number(at int, e *Expr) (*Expr, error) {
	if e.Cmp == ":" {
		e.Cmp = "="
	}
	if e.Key == "ease" {
		n, ok := hundredths(e.Value)
		if !ok {
			return nil, wrong(at, fmt.Sprintf("ease %s is not a number from 0 to 100", quote(e.Value)), example(e.Key))
		}
		e.Number, e.Value = n, fmt.Sprintf("%d.%02d", n/100, n%100)
		return e, nil
	}
	n, err := strconv.ParseInt(e.Value, 10, 64)
	if err != nil || n > maxNumber || n < -maxNumber {
		return nil, wrong(at, fmt.Sprintf("%s takes a whole number, not %s", e.Key, quote(e.Value)), example(e.Key))
	}
	e.Number, e.Value = n, strconv.FormatInt(n, 10)
	return e, nil
}

// hundredths reads a decimal number such as 2.35 as 235.
func hundredths(s string) (int64, bool) {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || f < 0 || f > 100 || strings.Trim(s, "0123456789.") != "" {
		return 0, false
	}
	return int64(f*100 + 0.5), true
}

// example is the hint for a value that is missing or wrong.
func example(key string) string {
	switch key {
	case "due":
		return "such as due<7, in days from today"
	case "ease":
		return "such as ease<2"
	case "interval":
		return "such as interval>=21, in days"
	case "lapses":
		return "such as lapses>3"
	case "flag":
		return "such as flag:1"
	}
	if allowed := Words[key]; allowed != nil {
		return "it is one of " + strings.Join(allowed, ", ")
	}
	return ""
}
