package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mindleaf/mindleaf/deck/property"
)

// TestHostileSettings has settings that would take a parser's stack, or its time.
func TestHostileSettings(t *testing.T) {
	property.OneAtATime(t)
	name := filepath.Join(t.TempDir(), "config.toml")
	for what, tt := range map[string]struct{ text, want string }{
		"millions of brackets": {"a = " + strings.Repeat("[", 2_000_000), name + " is larger than 64 KB"},
		"one byte too many":    {strings.Repeat("#", maxConfigBytes+1), name + " is larger than 64 KB"},
		"brackets":             {"a = " + strings.Repeat("[", 50_000), name + ":1: the line has more than 1024 bytes"},
		"brackets over lines":  {"a = " + strings.Repeat("[\n", maxConfigBytes/2-4), name + ":"},
		"braces":               {"a = " + strings.Repeat("{a=", 20_000), name + ":1: the line has more than 1024 bytes"},
		"braces of a line":     {strings.Repeat("\n", 7) + "a = " + strings.Repeat("{a=", 330), name + ":8:"},
		"braces over lines":    {"a = " + strings.Repeat("{a=\n", maxConfigBytes/4-4), name + ":1:"},
		"deep key":             {strings.Repeat("a.", 20_000) + "a = 1", name + ":1: the line has more than 1024 bytes"},
		"deep keys":            {lines("a" + strings.Repeat(".a", 500)), name + ":1: the line has more than 64 dots"},
		"dotted keys":          {lines("a" + strings.Repeat(".a", maxConfigDots)), name + ":"},
		"long keys":            {lines(strings.Repeat("a", 1000)), name + ":1: there is no setting"},
		"many keys":            {lines("a"), name + ":1: there is no setting"},
	} {
		t.Run(what, func(t *testing.T) {
			if err := os.WriteFile(name, []byte(tt.text), 0o600); err != nil {
				t.Fatal(err)
			}
			var err error
			property.InTime(t, func() { _, err = readConfig(name) })
			if err == nil || !strings.Contains(err.Error(), tt.want) || len(err.Error()) > 1000 || hintOf(err) == "" {
				t.Errorf("got error %.200v, want %s", err, tt.want)
			}
		})
	}
	if err := os.WriteFile(name, []byte(strings.Repeat(strings.Repeat("#", 63)+"\n", maxConfigBytes/64)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readConfig(name); err != nil {
		t.Errorf("settings of the largest size: %v", err)
	}
}

// lines are as many settings that begin with key as there is room for.
func lines(key string) string {
	var b strings.Builder
	for n := 0; b.Len() < maxConfigBytes-len(key)-20; n++ {
		fmt.Fprintf(&b, "%s%d = 1\n", key, n)
	}
	return b.String()
}

// TestConfigSaysWhatIsWrong gives settings with one mistake each, and wants the line
// and plain words, in both languages.
func TestConfigSaysWhatIsWrong(t *testing.T) {
	for text, want := range map[string][2]string{
		"[review":                                      {"c.toml:1:8: expected ] but found the end of the file", "c.toml:1:8：应为 ]，却是文件末尾"},
		"\ufeff[review\r\ngrades = 4\r\n":              {"c.toml:1:8: expected ] but found the end of the line", "c.toml:1:8：应为 ]，却是行末"},
		"\n\nlanguage = “zh”":                          {"c.toml:3:12: a value cannot start with “zh”", "c.toml:3:12：值不能以 “zh” 开头"},
		"[review]\nnew_per_day = 5x":                   {"c.toml:2:16: expected the end of the line but found x", "c.toml:2:16：这一行应该结束了，却还有 x"},
		"[review]\ngrades = 4\ngrades = 2":             {"c.toml:3:1: grades is there already", "c.toml:3:1：grades 已经存在"},
		"language = zh":                                {"c.toml:1:12: zh is not in quotes", "c.toml:1:12：zh 没有放进引号"},
		"[review]\nnew_per_day = \"x\"":                {"c.toml:2: review.new_per_day must be a whole number", "c.toml:2：review.new_per_day 须是整数"},
		"\n[sm2]\nfuzz = 1":                            {"c.toml:3: sm2.fuzz must be true or false", "c.toml:3：sm2.fuzz 须是 true 或 false"},
		"language = 3":                                 {"c.toml:1: language must be text in quotes", "c.toml:1：language 须是引号里的文字"},
		"review = 3":                                   {"c.toml:1: review must be a table: [review] on a line of its own", "c.toml:1：review 须是一个表：[review] 独占一行"},
		"[[sm2]]\nfuzz = true":                         {"c.toml:1: sm2 must be a table: [sm2] on a line of its own", "c.toml:1：sm2 须是一个表：[sm2] 独占一行"},
		"[decks.a]\nnew_per_day = true":                {"c.toml:2: decks.a.new_per_day must be a whole number", "c.toml:2：decks.a.new_per_day 须是整数"},
		"[review]\nnew_per_day = 1e99":                 {"c.toml:2: review.new_per_day must be a whole number", "c.toml:2：review.new_per_day 须是整数"},
		"[review]\nnew_per_day = 99999999999999999999": {"c.toml:2:15: 99999999999999999999 is too large a number", "c.toml:2:15：99999999999999999999 这个数太大"},
	} {
		_, err := parseConfig("c.toml", text)
		if err == nil {
			t.Errorf("%q: no error", text)
			continue
		}
		if got := [2]string{err.Error(), translate(err.Error())}; got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
