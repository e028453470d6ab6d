package tomlfile

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mindleaf/mindleaf/deck/property"
)

func TestFormat(t *testing.T) {
	const head = "[deck]\ntitle = \"T\"\n"
	for _, test := range []struct{ name, in, want string }{
		{"tables apart", "[deck]\ntitle=\"T\"\n[[card]]\nfront='a'\nback  =  \"b\"\n\n\n\n[[ card ]]\nfront = \"c\"\nback = \"d\"",
			head + "\n[[card]]\nfront = 'a'\nback  = \"b\"\n\n[[card]]\nfront = \"c\"\nback  = \"d\"\n"},
		{"indented", head + "[[leaf]]\n\n  text=\"x\"\n  path=[ \"p\",\"q\", ]\n[[leaf.card]]\nfront=\"a\"\nback=\"b\"\nnote=\"n\"\nsource=\"s\"\naccept=['x']\n",
			head + "\n[[leaf]]\ntext  = \"x\"\npath  = [\"p\", \"q\"]\n\n  [[leaf.card]]\n  front  = \"a\"\n  back   = \"b\"\n  note   = \"n\"\n  source = \"s\"\n  accept = ['x']\n"},
		{"comments", "# first\n[deck] # d\ntitle = \"T\"   # the title\n\n\n# floating\n\n# on the card\n# more\n[[card]]\nfront = \"a\"\n    # on back\nback = \"b\"\n # below\n\n\n# end\n",
			"# first\n[deck]  # d\ntitle = \"T\"  # the title\n\n# floating\n\n# on the card\n# more\n[[card]]\nfront = \"a\"\n# on back\nback  = \"b\"\n# below\n\n# end\n"},
		{"a comment on an indented card", head + "[[leaf]]\ntext = \"x\"\n# why\n[[leaf.card]]\nfront = \"a\"\nback = \"b\"\n",
			head + "\n[[leaf]]\ntext  = \"x\"\n\n  # why\n  [[leaf.card]]\n  front = \"a\"\n  back  = \"b\"\n"},
		{"choices", head + "[[card]]\nfront = \"a\"\nback = \"b\"\nchoices = [{text=\"x\",why=\"y\"}, # one\n # two\n \"z\"]\n",
			head + "\n[[card]]\nfront = \"a\"\nback  = \"b\"\nchoices = [\n  { text = \"x\", why = \"y\" },  # one\n  # two\n  \"z\",\n]\n"},
		{"blocks stay", head + "[[card]]\nfront = \"\"\"\n  a  \n#b\n\"\"\"\nback = '''\n[[card]]'''\n",
			head + "\n[[card]]\nfront = \"\"\"\n  a  \n#b\n\"\"\"\nback  = '''\n[[card]]'''\n"},
		{"groups of keys", head + "[[card]]\n\nfront = \"a\"\n\n\nback = \"b\"\n", head + "\n[[card]]\nfront = \"a\"\n\nback  = \"b\"\n"},
		{"Windows", "[deck]\r\ntitle=\"T\"\r\n[[card]]\r\nfront=\"a\"\r\nback=\"b\"\r\n", "[deck]\r\ntitle = \"T\"\r\n\r\n[[card]]\r\nfront = \"a\"\r\nback  = \"b\"\r\n"},
		{"a dotted deck", "deck.title='T'\ncard = [{front=\"a\",back=\"b\"}]\n", "deck.title = 'T'\ncard = [\n  { front = \"a\", back = \"b\" },\n]\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			f, err := Load("t.toml", []byte(test.in))
			if err != nil {
				t.Fatal(err)
			}
			changed, err := f.Format()
			if err != nil || !changed {
				t.Fatalf("got changed %v and error %v", changed, err)
			}
			if diff := cmp.Diff(test.want, string(f.Bytes())); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			checkFormatted(t, f)
		})
	}
}

// TestFormatKeepsWhatIsWritten holds that Write and Format agree on a form.
func TestFormatKeepsWhatIsWritten(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		text := write(t, drawDeck(t))
		f, err := Load("t.toml", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if changed, err := f.Format(); changed || err != nil {
			t.Fatalf("changed %v, error %v (-written +formatted):\n%s", changed, err, cmp.Diff(text, string(f.Bytes())))
		}
	})
}

func TestShippedDecksAreFormatted(t *testing.T) {
	files, err := filepath.Glob("../../decks/*.toml")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := Load(name, data)
		if err != nil {
			t.Fatal(err)
		}
		if changed, err := f.Format(); changed || err != nil {
			t.Errorf("%s: changed %v, error %v (-file +formatted):\n%s", name, changed, err, cmp.Diff(string(data), string(f.Bytes())))
		}
	}
}

// checkFormatted checks that formatting again changes nothing.
func checkFormatted(t failer, f *File) {
	before := string(f.Bytes())
	if changed, err := f.Format(); changed || err != nil {
		t.Fatalf("formatted again: changed %v, error %v (-before +after):\n%s", changed, err, cmp.Diff(before, string(f.Bytes())))
	}
}
