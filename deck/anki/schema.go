package anki

import (
	"encoding/json"
	"fmt"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/mindleaf/mindleaf/deck"
)

// fileURL is the name of a file for SQLite.
func fileURL(file string) string {
	path := filepath.ToSlash(file)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}

// schema is Anki's schema 11. The sort field is an integer column on purpose: so
// numbers sort as numbers.
const schema = `
CREATE TABLE col (id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL, scm integer NOT NULL, ver integer NOT NULL,
  dty integer NOT NULL, usn integer NOT NULL, ls integer NOT NULL, conf text NOT NULL, models text NOT NULL, decks text NOT NULL,
  dconf text NOT NULL, tags text NOT NULL);
CREATE TABLE notes (id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL, mod integer NOT NULL, usn integer NOT NULL,
  tags text NOT NULL, flds text NOT NULL, sfld integer NOT NULL, csum integer NOT NULL, flags integer NOT NULL, data text NOT NULL);
CREATE TABLE cards (id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL, ord integer NOT NULL, mod integer NOT NULL,
  usn integer NOT NULL, type integer NOT NULL, queue integer NOT NULL, due integer NOT NULL, ivl integer NOT NULL, factor integer NOT NULL,
  reps integer NOT NULL, lapses integer NOT NULL, left integer NOT NULL, odue integer NOT NULL, odid integer NOT NULL, flags integer NOT NULL,
  data text NOT NULL);
CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL, ease integer NOT NULL, ivl integer NOT NULL,
  lastIvl integer NOT NULL, factor integer NOT NULL, time integer NOT NULL, type integer NOT NULL);
CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);
CREATE INDEX ix_notes_usn ON notes (usn);
CREATE INDEX ix_cards_usn ON cards (usn);
CREATE INDEX ix_revlog_usn ON revlog (usn);
CREATE INDEX ix_cards_nid ON cards (nid);
CREATE INDEX ix_cards_sched ON cards (did, queue, due);
CREATE INDEX ix_revlog_cid ON revlog (cid);
CREATE INDEX ix_notes_csum ON notes (csum);`

// modelID is the number of the note type for a kind. It never changes.
func modelID(k deck.Kind) int64 { return 1_782_777_600_000 + int64(k) }

const style = `.card { font-family: sans-serif; font-size: 20px; text-align: center; color: black; background-color: white; }
.nightMode.card { color: #ddd; background-color: #2f2f31; }
.cloze { font-weight: bold; color: #2560c0; }
.note { margin-top: 1em; font-size: 80%; }
.source { margin-top: 1em; font-size: 70%; opacity: 0.7; }
ol { display: inline-block; text-align: left; }`

// details ends every answer.
const details = "\n{{#Note}}<div class=note>{{Note}}</div>{{/Note}}\n{{#Source}}<div class=source>{{Source}}</div>{{/Source}}"

// ankiModel is a note type as JSON.
type ankiModel struct {
	ID        int64          `json:"id"`
	Name      string         `json:"name"`
	Type      int            `json:"type"`
	Mod       int64          `json:"mod"`
	USN       int            `json:"usn"`
	SortF     int            `json:"sortf"`
	DID       *int64         `json:"did"`
	CSS       string         `json:"css"`
	LatexPre  string         `json:"latexPre"`
	LatexPost string         `json:"latexPost"`
	Tmpls     []ankiTemplate `json:"tmpls"`
	Flds      []ankiField    `json:"flds"`
}

type ankiTemplate struct {
	Name  string `json:"name"`
	Ord   int    `json:"ord"`
	QFmt  string `json:"qfmt"`
	AFmt  string `json:"afmt"`
	BQFmt string `json:"bqfmt"`
	BAFmt string `json:"bafmt"`
	DID   *int64 `json:"did"`
}

type ankiField struct {
	Name   string `json:"name"`
	Ord    int    `json:"ord"`
	Sticky bool   `json:"sticky"`
	RTL    bool   `json:"rtl"`
	Font   string `json:"font"`
	Size   int    `json:"size"`
}

// modelOf returns the note type for a kind of entry.
func (b *builder) modelOf(k deck.Kind) ankiModel {
	m := ankiModel{ID: modelID(k), Name: ownPrefix + k.String(), Mod: b.Changed.Unix(), USN: -1, CSS: style,
		LatexPre:  "\\documentclass[12pt]{article}\n\\special{papersize=3in,5in}\n\\usepackage{amssymb,amsmath}\n\\pagestyle{empty}\n\\setlength{\\parindent}{0in}\n\\begin{document}\n",
		LatexPost: "\\end{document}"}
	names := []string{"Front", "Back", "Choices", "Note", "Source", ownField}
	template := func(question, answer string) {
		m.Tmpls = append(m.Tmpls, ankiTemplate{Name: fmt.Sprintf("Card %d", len(m.Tmpls)+1), Ord: len(m.Tmpls), QFmt: question, AFmt: answer})
	}
	const line = "{{FrontSide}}\n<hr id=answer>\n"
	switch k {
	case deck.Cloze:
		m.Type, names = 1, []string{"Text", "Back Extra", "Note", "Source", ownField}
		template("{{cloze:Text}}", "{{cloze:Text}}<br>\n{{Back Extra}}"+details)
	case deck.Typed:
		template("{{Front}}\n{{type:Back}}", "{{Front}}\n<hr id=answer>\n{{type:Back}}"+details)
	case deck.Choice:
		template("{{Front}}\n{{Choices}}", line+"{{Back}}"+details)
	case deck.Reversed:
		template("{{Front}}", line+"{{Back}}"+details)
		template("{{Back}}", line+"{{Front}}"+details)
	default:
		template("{{Front}}", line+"{{Back}}"+details)
	}
	for i, name := range names {
		m.Flds = append(m.Flds, ankiField{Name: name, Ord: i, Font: "Arial", Size: 20})
	}
	return m
}

// presets are the settings for decks. Anki wants the one that decks name.
const presets = `{"1": {"id": 1, "mod": 0, "name": "Default", "usn": 0, "maxTaken": 60, "autoplay": true, "timer": 0, "replayq": true, "dyn": false,
 "new": {"bury": false, "delays": [1, 10], "initialFactor": 2500, "ints": [1, 4, 0], "order": 1, "perDay": 20},
 "rev": {"bury": false, "ease4": 1.3, "ivlFct": 1, "maxIvl": 36500, "perDay": 200, "hardFactor": 1.2},
 "lapse": {"delays": [10], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0}}}`

func deckJSON(id int64, name string, mod int64) map[string]any {
	none := []int{0, 0}
	return map[string]any{
		"id": id, "name": name, "mod": mod, "usn": -1, "lrnToday": none, "revToday": none, "newToday": none, "timeToday": none,
		"collapsed": false, "browserCollapsed": false, "desc": "", "dyn": 0, "conf": 1, "extendNew": 0, "extendRev": 0,
	}
}

// finish writes the row that says what is in the collection.
func (b *builder) finish() error {
	models := make(map[string]ankiModel)
	for k := deck.Basic; k <= deck.Typed; k++ {
		models[strconv.FormatInt(modelID(k), 10)] = b.modelOf(k)
	}
	decks := map[string]any{"1": deckJSON(1, "Default", 0)}
	for id, name := range b.decks {
		decks[strconv.FormatInt(id, 10)] = deckJSON(id, name, b.Changed.Unix())
	}
	_, east := b.created.Zone()
	conf := map[string]any{
		"schedVer": 2, "sched2021": true, "rollover": b.RolloverHour, "creationOffset": -east / 60, "nextPos": b.place + 1,
		"curDeck": 1, "activeDecks": []int{1}, "curModel": modelID(deck.Basic), "collapseTime": 1200, "timeLim": 0,
		"estTimes": true, "dueCounts": true, "newSpread": 0, "sortType": "noteFld", "sortBackwards": false, "addToCur": true, "dayLearnFirst": false,
	}
	var texts []any
	for _, v := range []any{conf, models, decks} {
		data, err := json.Marshal(v)
		if err != nil {
			return err
		}
		texts = append(texts, string(data))
	}
	now := b.Now.UnixMilli()
	return b.exec("INSERT INTO col VALUES (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, '{}')",
		append([]any{b.created.Unix(), now, now}, append(texts, presets)...)...)
}
