package term

import (
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mindleaf/mindleaf/deck/property"
)

// typing returns a console without a terminal whose learner has typed keys
// already and then gone away.
func typing(keys ...key) *Console {
	c := &Console{
		words: English(), pump: newPump(nil), on: true,
		screen: screen{out: io.Discard}, width: 40, height: 15,
	}
	c.pump.push(keys...)
	c.pump.hangUp()
	return c
}

var editKeys = []key{
	{code: keyLeft}, {code: keyRight}, {code: keyHome}, {code: keyEnd}, {code: keyBackspace}, {code: keyDelete},
	{code: keyWordLeft}, {code: keyWordRight}, {code: keyWordBackspace}, {code: keyUp}, {code: keyTab},
	{keyCtrl, "a"}, {keyCtrl, "b"}, {keyCtrl, "e"}, {keyCtrl, "f"}, {keyCtrl, "k"}, {keyCtrl, "u"}, {keyCtrl, "w"},
	{keyCtrl, "r"}, {keyCtrl, "s"}, {keyCtrl, "n"}, {keyCtrl, "p"}, {keyCtrl, "t"}, {keyCtrl, "y"},
	{keyText, "a"}, {keyText, "b"}, {keyText, " "}, {keyText, "光"}, {keyText, "。"}, {keyText, "👩"}, {keyText, "\u200d"}, {keyText, "\u0301"},
	{keyPaste, "第一行\r\n第二行\n"}, {keyPaste, "x\x1b[31my\x07\tz"}, {keyPaste, ""}, {code: keyEnter},
}

// What the editor believes the text to be is what promptui has.
func TestEditorKnowsPromptuisText(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		initial := rapid.SampledFrom([]string{"", "abc", "光合作用 is 光"}).Draw(t, "initial")
		keys := rapid.SliceOfN(rapid.SampledFrom(editKeys), 0, 30).Draw(t, "keys")
		e := newEditor(initial)
		// Enter is refused until the learner has typed the last key
		refuse := func(s string) error {
			if strings.HasSuffix(s, "!") {
				return nil
			}
			return fmt.Errorf("not %q yet", s)
		}
		for _, k := range keys {
			e.edit(k)
		}
		last := []key{{code: keyEnd}, {keyText, "!"}, {code: keyEnter}}
		o, err := typing(append(keys, last...)...).Ask(View{}, "answer", initial, refuse)
		if err != nil {
			t.Fatal(err)
		}
		if want := string(e.text) + "!"; o.Kind != Answer || o.Text != want {
			t.Errorf("got %+v, want the text %q", o, want)
		}
	})
}

var listKeys = []key{
	{code: keyUp}, {code: keyDown}, {code: keyHome}, {code: keyEnd}, {code: keyPageUp}, {code: keyPageDown},
	{keyText, "j"}, {keyText, "k"}, {keyText, "/"}, {keyText, "h"}, {keyText, "l"}, {keyText, "7"}, {keyText, "1"}, {keyText, "0"},
	{keyText, "节"}, {keyText, " "}, {code: keyBackspace}, {keyCtrl, "u"}, {keyPaste, "1"}, {code: keyLeft}, {code: keyTab},
}

// Where the picker believes the highlight to be is where promptui has it.
func TestPickerKnowsPromptuisChoice(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 70).Draw(t, "items")
		start := rapid.IntRange(-1, n).Draw(t, "start")
		keys := rapid.SliceOfN(rapid.SampledFrom(listKeys), 0, 20).Draw(t, "keys")
		items := make([]Item, n)
		for i := range items {
			items[i] = Item{Label: fmt.Sprintf("第%d节", i+1)}
		}
		v := View{FromZero: rapid.Bool().Draw(t, "from zero")}
		o, err := typing(append(keys, key{code: keyEnter})...).Choose(v, "which", items, start)
		if err != nil {
			t.Fatal(err)
		}
		want, chosen := expectChoice(items, start, v.first(), append(keys, key{code: keyEnter}))
		if chosen != (o.Kind == Answer) || chosen && o.Index != want {
			t.Errorf("got %+v, want %d (%v)", o, want, chosen)
		}
	})
}

// expectChoice follows keys without promptui.
func expectChoice(items []Item, start, first int, keys []key) (index int, chosen bool) {
	p := newPicker(items, start, first)
	for _, k := range keys {
		if _, done, _ := p.pick(k); !done {
			continue
		}
		at := 0
		for i := range items {
			if !p.matches(strings.Trim(string(p.query), " "), i) {
				continue
			}
			if at == p.at {
				return i, true
			}
			at++
		}
	}
	return 0, false
}

func TestPromptsWithoutLearner(t *testing.T) {
	c := typing()
	items := []Item{{Label: "a"}}
	outcomes := map[string]func() (Outcome, error){
		"choose":  func() (Outcome, error) { return c.Choose(View{}, "", items, 0) },
		"wait":    func() (Outcome, error) { return c.WaitKey(View{}, "") },
		"ask":     func() (Outcome, error) { return c.Ask(View{}, "", "", nil) },
		"confirm": func() (Outcome, error) { _, o, err := c.Confirm(View{}, "", false); return o, err },
	}
	for name, prompt := range outcomes {
		if o, err := prompt(); o.Kind != EOF || err != nil {
			t.Errorf("%s: got %+v, %v, want EOF", name, o, err)
		}
	}
	if _, err := c.Choose(View{}, "", nil, 0); err == nil {
		t.Error("choosing from nothing: no error")
	}
}

func TestOpenRefuses(t *testing.T) {
	r, w := pipe(t)
	if _, err := Open(Options{In: r, Out: w}); err != ErrNotTerminal {
		t.Errorf("Open on a pipe: got %v, want %v", err, ErrNotTerminal)
	}
}

func pipe(t *testing.T) (r, w *os.File) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		r.Close()
		w.Close()
	})
	return r, w
}
