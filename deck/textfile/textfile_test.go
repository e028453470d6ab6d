package textfile

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestDecode(t *testing.T) {
	for _, test := range []struct{ name, data, want string }{
		{"plain", "a\nb", "a\nb"},
		{"line ends of Windows and the old Mac", "a\r\nb\rc", "a\nb\nc"},
		{"UTF-8 with a mark", "\uFEFF叶", "叶"},
		{"UTF-16, less significant byte first", "\xFF\xFE\x76\x53\x0A\x00", "卶\n"},
		{"UTF-16, more significant byte first", "\xFE\xFF\x53\x76\x00\x0A", "卶\n"},
		{"UTF-16 without a mark before a tag", "<\x00a\x00>\x00", "<a>"},
		{"UTF-16 cut in a character", "\xFF\xFEa\x00b", "a\uFFFD"},
		{"a replacement character of the file's own", "a\uFFFDb", "a\uFFFDb"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := Decode("f", []byte(test.data), 100)
			if err != nil || string(got) != test.want {
				t.Errorf("got %q and error %v, want %q", got, err, test.want)
			}
		})
	}
}

func TestDecodeRefuses(t *testing.T) {
	for _, test := range []struct {
		name, data string
		want       Error
	}{
		{"NUL", "a\n叶子\x00b", Error{"f", 2, 3, "has a NUL byte: not a text file, or UTF-16 without its mark", "save it as text in UTF-8"}},
		{"GB18030", "a\r\n\xC4\xE3", Error{"f", 2, 1, "not valid UTF-8", "save it as UTF-8 (in Excel: CSV UTF-8); it may be in GB18030"}},
		{"size", strings.Repeat("a", 1<<20+1), Error{"f", 0, 0, "larger than 1 MB", "split it into several files"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := Decode("f", []byte(test.data), 1<<20)
			var got *Error
			if !errors.As(err, &got) {
				t.Fatalf("got error %v, want an *Error", err)
			}
			if diff := cmp.Diff(test.want, *got); diff != "" {
				t.Errorf("wrong error (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadStopsAtTheLimit(t *testing.T) {
	r := bytes.NewReader(make([]byte, 3<<20))
	if _, err := Read("f", r, 1<<20); err == nil || err.Error() != "f: larger than 1 MB" {
		t.Errorf("got error %v, want that the file is larger than 1 MB", err)
	}
	if r.Len() < 1<<20 {
		t.Errorf("read on to %d bytes of 3 MB beyond the limit of 1 MB", 3<<20-r.Len())
	}
}

func TestErrorNamesThePlace(t *testing.T) {
	for want, e := range map[string]*Error{
		"f: m":     {Name: "f", Message: "m"},
		"f:2: m":   {Name: "f", Line: 2, Message: "m"},
		"f:2:3: m": ErrorAt("f", "a\n叶子b", len("a\n叶子"), "m", ""),
	} {
		if got := e.Error(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// FuzzDecode wants text of any bytes, or an error that names the file.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{"卡片\r\n", "\ufeff卡片", "\xff\xfea\x00", "\xfe\xff\x00a\x00", "<\x00a\x00", "\x00<", "a\x00b", "\xc3(", "\xff\xfe\x00\xd8"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		text, err := Decode("file.txt", data, 1<<20)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "file.txt:") {
				t.Errorf("%v does not name the file", err)
			}
			return
		}
		if !utf8.Valid(text) || bytes.ContainsAny(text, "\x00\r") {
			t.Errorf("got %q of %q", text, data)
		}
	})
}
