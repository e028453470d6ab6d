package main

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// tr returns, in the language of the interface, a text that another package made
// in English: an error, a warning, a hint. It is recognised by the format it was
// made with, and what was wrapped with ": " is translated part by part. What no
// format fits stays English.
func (a *app) tr(text string) string {
	if !a.chinese {
		return agreeingText(text)
	}
	return translate(text)
}

// translate is tr into Chinese.
func translate(text string) string {
	if file, rest, ok := strings.Cut(text, ": "); ok && namesFile(file) {
		if zh, ok := fillWith(text, func(f format) bool { return f.startsWithName() || f.namesWork() }); ok {
			return zh
		}
		if zh, ok := fill(rest); ok {
			return file + "：" + zh
		}
	}
	if zh, ok := fill(text); ok {
		return zh
	}
	for at := 0; ; {
		n := strings.Index(text[at:], ": ")
		if n < 0 {
			return list(text)
		}
		at += n
		if head, ok := fill(text[:at]); ok {
			return head + "：" + translate(text[at+2:])
		}
		if tail := translate(text[at+2:]); tail != text[at+2:] {
			return text[:at] + "：" + tail
		}
		at += 2
	}
}

// namesFile reports whether text is the name of a file, which no format should take
// for a part of a sentence.
func namesFile(text string) bool {
	ending := strings.TrimPrefix(filepath.Ext(text), ".")
	return ending != "" && len(ending) < 9 && !strings.ContainsAny(ending, " \"")
}

// list is text with the marks of a Chinese list, when it is a list of names.
func list(text string) string {
	names := strings.Split(text, ", ")
	for _, name := range names {
		if name == "" || strings.ContainsAny(name, " :;\"") {
			return text
		}
	}
	return strings.Join(names, "、")
}

// fill translates text by the format that fits it and has most letters of its
// own; false when none fits. A number before a text of its own stays before it.
func fill(text string) (zh string, ok bool) {
	if n, rest, ok := strings.Cut(text, " "); ok && fitsVerb('d', n) {
		if zh, ok := fillWith(rest, format.startsWithText); ok {
			return n + " " + zh, true
		}
	}
	return fillWith(text, func(format) bool { return true })
}

// fillWith is fill with those formats only that may be used.
func fillWith(text string, may func(format) bool) (zh string, ok bool) {
	formats := errorFormats()
	if zh, ok := formats.plain[text]; ok {
		return zh, true
	}
	for i := range formats.filled {
		if f := &formats.filled[i]; may(f.english) {
			if values, fits := f.english.match(text); fits {
				return f.chinese.fill(values), true
			}
		}
	}
	return "", false
}

// errorTable is chineseErrors made ready: the texts without verbs, and the formats
// with them, those with most letters first.
type errorTable struct {
	plain  map[string]string
	filled []formatPair
}

type formatPair struct{ english, chinese format }

// errorFormats is made at the first error: most runs of the program have none.
var errorFormats = sync.OnceValue(func() *errorTable { return newErrorTable(chineseErrors()) })

func newErrorTable(tables []map[string]string) *errorTable {
	t := &errorTable{plain: make(map[string]string)}
	for _, table := range tables {
		for english, zh := range table {
			p := formatPair{formatOf(english), formatOf(zh)}
			if len(p.english.verbs) == 0 {
				t.plain[p.english.literals[0]] = p.chinese.literals[0]
				continue
			}
			t.filled = append(t.filled, p)
		}
	}
	slices.SortFunc(t.filled, func(a, b formatPair) int {
		return cmp.Or(cmp.Compare(b.english.letters, a.english.letters), slices.Compare(a.english.literals, b.english.literals))
	})
	return t
}

// localise gives the help of root, and of everything below it, in the language of the
// interface. It is called when help is about to be shown: there is much of it, and to
// look it up at every start took a fifth of the time to the first question.
func (a *app) localise(root *cobra.Command) {
	if !a.chinese || a.localised {
		return
	}
	a.localised = true
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	root.SetUsageTemplate(strings.NewReplacer(
		"Usage:", "用法：", "Aliases:", "别名：", "Examples:", "例子：", "Available Commands:", "命令：",
		"Additional Commands:", "其他命令：", "Global Flags:", "通用选项：", "Flags:", "选项：", "Additional help topics:", "其他帮助：",
		`Use "{{.CommandPath}} [command] --help" for more information about a command.`, `用 "{{.CommandPath}} [command] --help" 查看某个命令的说明。`,
	).Replace(root.UsageTemplate()))
	localiseCommand(root)
}

func localiseCommand(c *cobra.Command) {
	c.InitDefaultHelpFlag()
	for _, text := range []*string{&c.Short, &c.Long} {
		if zh, ok := helpInChinese(*text); ok {
			*text = zh
		}
	}
	c.LocalFlags().VisitAll(func(f *pflag.Flag) {
		if zh, ok := helpInChinese(f.Usage); ok {
			f.Usage = zh
		}
		if f.Name == "help" {
			f.Usage = "显示说明"
		}
		localiseDefault(f)
	})
	for _, sub := range c.Commands() {
		localiseCommand(sub)
	}
}

// localiseDefault says in Chinese what a flag is when it is not given, in the
// place of pflag, which says it in English.
func localiseDefault(f *pflag.Flag) {
	switch f.DefValue {
	case "", "0", "0s", "false", "[]":
		return
	}
	f.Usage += "（默认 " + f.DefValue + "）"
	f.DefValue = ""
	if kind := f.Value.Type(); kind != "string" {
		f.DefValue = "0"
	}
}
