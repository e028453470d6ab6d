package tomlfile

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mindleaf/mindleaf/deck/property"
)

func TestParseSyntax(t *testing.T) {
	const block = "put text in quotes: front = \"…\""
	const line = "a line is key = \"text\"; text of several lines goes between \"\"\" and \"\"\""
	const escape = "write \\\\ for a backslash, or put the text in single quotes: '…'"
	const head = "a header is [deck], [[leaf]], [[leaf.card]] or [[card]] on a line of its own"
	tests := []struct{ name, in, message, hint string }{
		{"text not closed", "\na = \"文\n", "2:5: text is not closed on its line", "end it with a quote, or put text of several lines between \"\"\" and \"\"\""},
		{"text not closed at the end", "a = \"b", "1:5: text is never closed", "end it with \""},
		{"raw text not closed at the end", "a = 'b", "1:5: text is never closed", "end it with '"},
		{"block not closed", "a = \"\"\"b\n\nc = 1\n", "1:5: text is never closed", "end it with \"\"\""},
		{"raw block not closed", "a = '''b\n\nc = 1\n", "1:5: text is never closed", "end it with '''"},
		{"no quotes", "a = b c\n", "1:5: b is not in quotes", block},
		{"Chinese without quotes", "a = 你好，世界\n", "1:5: 你好，世界 is not in quotes", block},
		{"Chinese quotes", "a = “b”\n", "1:5: a value cannot start with “b”", "type plain quotes: \"…\""},
		{"Chinese equals sign", "a ＝ 1\n", "1:3: expected = but found ＝", "type a plain ="},
		{"Chinese comma", "a = [\"b\"，\"c\"]\n", "1:9: expected a comma or ] but found ，", "type a plain comma: ,"},
		{"colon", "a: \"b\"\n", "1:2: expected = but found :", "write = between a key and its value: front = \"…\""},
		{"ideographic space", "a =\u3000\"b\"\n", "1:4: a value cannot start with \u3000", "an invisible character stands here; delete it and type a plain space"},
		{"no value", "a =\nb = 1\n", "1:4: no value after =", block},
		{"no value at the end", "a =", "1:3: a value is missing at the end of the file", block},
		{"only a key", "a\nb = 1\n", "1:2: expected = but found the end of the line", line},
		{"only a key at the end", "abc", "1:3: the line ends after its key", line},
		{"loose text", "这是 文字\n", "1:1: expected = but found 这是", line},
		{"no key", "= 1\n", "1:1: expected a key but found =", line},
		{"quote inside", "a = \"b \"c\" d\"\n", "1:9: expected the end of the line but found c", "a quote inside text is written \\\", and each key has a line of its own"},
		{"escape", "a = \"b \\d c\"\n", "1:8: \\d does not stand for anything", escape},
		{"escape of a wide character", "a = \"b \\中 c\"\n", "1:8: \\中 does not stand for anything", escape},
		{"short unicode", "a = \"\\u12\"\n", "1:6: \\u needs four hexadecimal digits", escape},
		{"short long unicode", "a = \"\\U0012\"\n", "1:6: \\U needs eight hexadecimal digits", escape},
		{"short byte", "a = \"\\x1\"\n", "1:6: \\x needs two hexadecimal digits", escape},
		{"surrogate", "a = \"\\ud800\"\n", "1:6: \\ud800 is not a character", escape},
		{"list not closed", "a = [\"b\"\n\n", "3:1: expected a comma or ] but found the end of the file", "close the list before it with ]"},
		{"list not closed before a key", "a = [\"b\",\nnote = \"c\"\n", "2:1: note is not in quotes", "close the list before it with ]"},
		{"no comma", "a = [\"b\" \"c\"]\n", "1:10: expected a comma or ] but found \"", "a list is [\"…\", \"…\"]"},
		{"two commas", "a = [1,,2]\n", "1:8: nothing before the comma", "fill it in or remove the comma"},
		{"braces not closed", "a = { b = 1\n", "2:1: expected a comma or } but found the end of the file", "close the table with }"},
		{"header not closed", "[[card]\n", "1:8: expected ]] but found the end of the line", head},
		{"header without brackets", "[card\n", "1:6: expected ] but found the end of the line", head},
		{"header at the end of the file", "[card", "1:6: expected ] but found the end of the file", head},
		{"half a key at the end of the file", "a.", "1:2: expected a key but found .", line},
		{"empty header", "[]\n", "1:2: header is empty", head},
		{"header twice", "[card]\n[card]\n", "2:2: [card] is there already", "write [[card]] with double brackets for every card"},
		{"deck twice", "[deck]\n[deck]\n", "2:2: [deck] is there already", "a file holds one deck: put its keys together under one [deck]"},
		{"key twice", "[[card]]\nfront = 1\nfront = 2\n", "3:1: front is there already", "remove one of the two, or start a new card above it with its own header"},
		{"huge number", "a = 9999999999999999999\n", "1:5: 9999999999999999999 is too large a number", "put it in quotes if it is text"},
		{"two dots", "a = 1.2.3\n", "1:5: 1.2.3 is not a number", "put it in quotes if it is text"},
		{"leading zero", "a = 007\n", "1:5: 007 is not a number", "put it in quotes if it is text"},
		{"no date", "a = 2024-13-45\n", "1:5: 2024-13-45 is not a date", "put it in quotes if it is text"},
		{"leading dot", "a = .5\n", "1:5: a number cannot start with a dot", "put it in quotes if it is text"},
		{"six quotes", "a = \"\"\"b\"\"\"\"\"\"\n", "1:13: too many quotes", "write \\\" for a quote next to \"\"\""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := "b.toml:" + tt.message + "\n  " + tt.hint + "\n"
			if diff := cmp.Diff(want, report(t, tt.in)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseBytes(t *testing.T) {
	const utf8Hint = "save the file as UTF-8; it may be in GBK or another older encoding"
	deep := strings.Repeat("[", 1<<20)
	tests := []struct{ name, in, message, hint string }{
		{"UTF-16 little endian", "\xff\xfe[\x00d\x00", "1:1: file is UTF-16", "save it as UTF-8"},
		{"UTF-16 big endian", "\xfe\xff\x00[\x00d", "1:1: file is UTF-16", "save it as UTF-8"},
		{"UTF-16 without a mark", "[\x00d\x00e\x00", "1:1: file is UTF-16", "save it as UTF-8"},
		{"NUL", "# ok\n# \x00", "2:3: NUL byte", "this is not a text file, or it was damaged; save it as UTF-8 text"},
		{"GBK", "# 好\n# \xba\xc3", "2:3: byte 0xba is not valid UTF-8", utf8Hint},
		{"cut in a character", "# 好\xe5\xa5", "1:4: byte 0xe5 is not valid UTF-8", utf8Hint},
		{"bell", "a = \"\x07\"", "1:6: control character U+0007", "remove it"},
		{"old Mac line ends", "a = 1\rb = 2\r", "1:6: carriage return without a line feed", "save the file with LF or CRLF line ends"},
		{"deep lists", "a = " + deep, "1:37: nested too deeply", "a deck needs lists and tables three deep at most"},
		{"deep tables", "a = " + strings.Repeat("{a=", 1<<20), "1:51: nested too deeply", "a deck needs lists and tables three deep at most"},
		{"deep headers", deep, "1:3: expected ] but found [", "a header is [deck], [[leaf]], [[leaf.card]] or [[card]] on a line of its own"},
		{"deep key", "a" + strings.Repeat(".a", 1<<20) + " = 1", "1:1: nested too deeply", "a deck needs lists and tables three deep at most"},
		{"deep table name", "\n[a" + strings.Repeat(".a", 1<<20) + "]", "2:1: nested too deeply", "a deck needs lists and tables three deep at most"},
		{"long key", strings.Repeat("k", 300) + " = 1", "1:1: key is too long", "is a quote or an = missing before it?"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := "b.toml:" + tt.message + "\n  " + tt.hint + "\n"
			if diff := cmp.Diff(want, report(t, tt.in)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestParseLarge reads files that take forever when anything in them costs
// more than its share.
func TestParseLarge(t *testing.T) {
	property.OneAtATime(t)
	const size = 10 << 20
	entry := `{ front = "a", back = 3 }, `
	tests := []struct{ name, in, want string }{
		{"long line", head + "[[card]]\nfront = \"" + strings.Repeat("x", size) + "\"\nback = \"b\"\n",
			"b.toml:3:1: front has 10485760 bytes, more than 65536"},
		{"long line of problems", "card = [" + strings.Repeat(entry, 100_000) + "]\n" + head,
			"b.toml:1:31: back is a number, expected text (and 99999 more)"},
		{"long number", "a = " + strings.Repeat("9", size), "b.toml:1:5: " + strings.Repeat("9", 40) + "… is too large a number"},
		{"many keys", head + strings.Repeat("a", 3) + manyKeys(100_000),
			"b.toml:3:1: unknown key \"aaak0\" (and 99999 more)"},
		{"too many values", "a = [" + strings.Repeat("1,", 2_100_000) + "]", "b.toml:1:4000002: file has more than 2000000 values"},
		{"too many headers", strings.Repeat("[[a]]\n", 2_100_000), "b.toml:2000000:1: file has more than 2000000 values"},
		{"quotes", "a = '''" + strings.Repeat("''b", size/3), "b.toml:1:5: text is never closed"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			property.InTime(t, func() {
				_, err := Parse("b.toml", []byte(tt.in))
				if err == nil || err.Error() != tt.want {
					t.Errorf("got %.200v, want %s", err, tt.want)
				}
			})
		})
	}
}

func manyKeys(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("k")
		for ; ; i /= 10 {
			b.WriteByte('0' + byte(i%10))
			if i < 10 {
				break
			}
		}
		b.WriteString(" = 1\n")
	}
	return b.String()
}
