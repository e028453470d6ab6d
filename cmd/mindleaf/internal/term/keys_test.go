package term

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

var compareKeys = cmp.AllowUnexported(key{})

func textKeys(s string) []key {
	var ks []key
	for _, r := range s {
		ks = append(ks, key{code: keyText, text: string(r)})
	}
	return ks
}

func codes(cs ...keyCode) []key {
	var ks []key
	for _, c := range cs {
		ks = append(ks, key{code: c})
	}
	return ks
}

func TestDecode(t *testing.T) {
	tests := []struct {
		name, bytes string
		want        []key
	}{
		{"text", "a光", textKeys("a光")},
		{"enter", "\r\n", codes(keyEnter, keyEnter)},
		{"arrows", "\x1b[A\x1b[B\x1bOC\x1bOD", codes(keyUp, keyDown, keyRight, keyLeft)},
		{"home and end", "\x1b[H\x1b[F\x1b[1~\x1b[4~\x1b[7~\x1b[8~\x1bOH", codes(keyHome, keyEnd, keyHome, keyEnd, keyHome, keyEnd, keyHome)},
		{"pages and delete", "\x1b[5~\x1b[6~\x1b[3~\x1b[3;5~", codes(keyPageUp, keyPageDown, keyDelete, keyDelete)},
		{"words", "\x1b[1;5D\x1b[1;3C\x1bb\x1bf\x1b\x7f", codes(keyWordLeft, keyWordRight, keyWordLeft, keyWordRight, keyWordBackspace)},
		{"shift", "\x1b[1;2D", codes(keyLeft)},
		{"escape", "\x1b", codes(keyEsc)},
		{"escape twice", "\x1b\x1b", codes(keyEsc, keyEsc)},
		{"escape, enter", "\x1b\r", codes(keyEsc, keyEnter)},
		{"alt chord", "\x1bx\x1b光a", textKeys("a")},
		{"control", "\x03\x04", []key{{keyCtrl, "c"}, {keyCtrl, "d"}}},
		{"null", "\x00a", textKeys("a")},
		{"function keys", "\x1b[15~\x1bOP\x1b[[Aa", textKeys("a")},
		{"replies", "\x1b[?62;22c\x1b[3;1Ra\x1b]11;rgb:0/0/0\x1b\\b\x1bP1$r\x1b\\c\x1b]0;x\ad", textKeys("abcd")},
		{"mouse", "\x1b[<0;3;4Ma", textKeys("a")},
		{"focus", "\x1b[I\x1b[Oa", textKeys("a")},
		{"paste", "\x1b[200~a\r\n\x1b[A\x1b[201~b", append([]key{{keyPaste, "a\r\n\x1b[A"}}, textKeys("b")...)},
		{"open paste", "\x1b[200~ab", []key{{keyPaste, "ab"}}},
		{"broken UTF-8", "a\xff\xe5\x85b", textKeys("ab")},
		{"cut UTF-8", "a\xe5\x85", textKeys("a")},
		{"cut sequence", "a\x1b[1;", textKeys("a")},
		{"broken sequence", "\x1b[1\x01a", append([]key{{keyCtrl, "a"}}, textKeys("a")...)},
		{"marks", "\uE123a", textKeys("a")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var d decoder
			got := append(d.feed([]byte(tt.bytes)), d.flush()...)
			if diff := cmp.Diff(tt.want, got, compareKeys); diff != "" {
				t.Errorf("%q: (-want +got)\n%s", tt.bytes, diff)
			}
			if d.patience() != 0 {
				t.Errorf("%q: bytes kept after flush: %q", tt.bytes, d.buf)
			}
		})
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("a\x1b[A光\x1b[200~x\x1b[201~\x1b"), uint64(0x5555))
	f.Add([]byte("\x1b]11;a\x1b\\\x1b[[A\x1bOP\x1b\x1b\x1b[1;5D\xe5\x85"), uint64(0xffff))
	f.Fuzz(func(t *testing.T, b []byte, splits uint64) {
		var whole, parts decoder
		want := append(whole.feed(b), whole.flush()...)
		var got []key
		from := 0
		for i := range b {
			if splits>>(i%64)&1 == 1 {
				got = append(got, parts.feed(b[from:i])...)
				from = i
			}
		}
		got = append(append(got, parts.feed(b[from:])...), parts.flush()...)
		if diff := cmp.Diff(want, got, compareKeys); diff != "" {
			t.Errorf("%q split by %b: (-whole +parts)\n%s", b, splits, diff)
		}
		if len(parts.buf) > 0 || parts.pasting {
			t.Errorf("%q: kept %q after flush", b, parts.buf)
		}
	})
}

func TestCommandKeys(t *testing.T) {
	keys := []Key{{Key: 'u', Command: "undo"}, {Key: 'q', Command: "quit"}, {Key: 'Q', Command: "quit all"}, {Key: '?', Command: "help"}}
	tests := []struct{ typed, want string }{
		{"u", "undo"}, {"U", "undo"}, {"ｕ", "undo"}, {"q", "quit"}, {"Q", "quit all"}, {"？", "help"}, {"z", ""}, {"光", ""},
	}
	for _, tt := range tests {
		got, _ := command(key{code: keyText, text: tt.typed}, keys)
		if got.Command != tt.want {
			t.Errorf("command(%q): got %q, want %q", tt.typed, got.Command, tt.want)
		}
	}
}
