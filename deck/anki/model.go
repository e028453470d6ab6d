package anki

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// noteType is a note type: its fields, and the templates of its cards.
type noteType struct {
	name      string
	cloze     bool
	occlusion bool
	fields    []string
	templates []template
}

// template is how one kind of card is made of a note.
type template struct {
	name             string
	question, answer string
	parsed           *parsedTemplate
}

// settings are what a collection says about time.
type settings struct {
	// created is when the collection was made.
	created time.Time
	// made is when the package was made.
	made time.Time
	// oldScheduler says that answers were logged as the first scheduler did.
	oldScheduler bool
	// rollover is the hour at which the study day turns, 0 to 23.
	rollover int
	// firstDay is the study day with the index 0.
	firstDay int32
}

// model is what a collection says besides notes, cards and history.
type model struct {
	settings
	noteTypes map[int64]*noteType
	decks     map[int64][]string // the levels of the name
}

func (c *collection) model(ctx context.Context, now time.Time) (*model, error) {
	m := &model{noteTypes: make(map[int64]*noteType), decks: make(map[int64][]string)}
	var created, made int64
	var conf, models, decks string
	err := c.conn.QueryRowContext(ctx, "SELECT crt, CAST(mod AS INTEGER), conf, models, decks FROM col").Scan(&created, &made, &conf, &models, &decks)
	if err != nil {
		return nil, c.explain(ctx, err)
	}
	m.made = time.UnixMilli(min(max(made, earliest), now.UnixMilli())).In(now.Location())
	m.created = time.Unix(min(max(created, 0), now.Unix()), 0).In(now.Location())
	load := []func() error{
		func() error { return m.readConfig([]byte(conf)) },
		func() error { return m.readModels([]byte(models)) },
		func() error { return m.readDecks([]byte(decks)) },
	}
	if c.schema > 14 { // in 14 the note types and decks still are JSON
		load = []func() error{
			func() error { return m.loadConfig(ctx, c) },
			func() error { return m.loadNoteTypes(ctx, c) },
			func() error { return m.loadDecks(ctx, c) },
		}
	} else if c.schema == 14 {
		load[0] = func() error { return m.loadConfig(ctx, c) }
	}
	for _, step := range load {
		if err := step(); err != nil {
			return nil, err
		}
	}
	for _, t := range m.noteTypes {
		t.prepare()
	}
	return m, nil
}

// config is the part of the configuration that matters here.
type config struct {
	SchedVer       *int `json:"schedVer"`
	Rollover       *int `json:"rollover"`
	CreationOffset *int `json:"creationOffset"`
}

func (m *model) readConfig(data []byte) error {
	var c config
	if len(data) > 0 {
		if err := json.Unmarshal(data, &c); err != nil {
			return fmt.Errorf("%w: the configuration: %w", ErrDamaged, err)
		}
	}
	m.apply(c)
	return nil
}

func (m *model) loadConfig(ctx context.Context, c *collection) error {
	var conf config
	err := c.rows(ctx, func(r *sql.Rows) error {
		var key string
		var value []byte
		if err := r.Scan(&key, &value); err != nil {
			return err
		}
		var n int
		if json.Unmarshal(value, &n) != nil {
			return nil
		}
		switch key {
		case "schedVer":
			conf.SchedVer = &n
		case "rollover":
			conf.Rollover = &n
		case "creationOffset":
			conf.CreationOffset = &n
		}
		return nil
	}, "SELECT KEY, val FROM config WHERE KEY IN ('schedVer', 'rollover', 'creationOffset')")
	m.apply(conf)
	return err
}

// apply works out the days. Their index counts dates of the calendar since the
// one on which the collection was made, where that was.
func (m *model) apply(c config) {
	m.oldScheduler = c.SchedVer == nil || *c.SchedVer < 2
	m.rollover = 4
	if c.Rollover != nil && *c.Rollover >= 0 && *c.Rollover <= 23 {
		m.rollover = *c.Rollover
	}
	if o := c.CreationOffset; o != nil && *o > -24*60 && *o < 24*60 {
		m.created = m.created.In(time.FixedZone("", -*o*60))
	}
	m.firstDay = dateOf(m.created)
}

// dateOf returns the date of t as a day since 1 January 1970.
func dateOf(t time.Time) int32 {
	year, month, day := t.Date()
	return int32(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// dayOf returns the study day of t in t's zone.
func (s *settings) dayOf(t time.Time) int32 {
	day := dateOf(t)
	if t.Hour() < s.rollover {
		day--
	}
	return day
}

func (m *model) readModels(data []byte) error {
	var models map[string]struct {
		ID   json.Number `json:"id"`
		Name string      `json:"name"`
		Type int         `json:"type"`
		Kind int         `json:"originalStockKind"`
		Flds []struct {
			Name string `json:"name"`
		} `json:"flds"`
		Tmpls []struct {
			Name string `json:"name"`
			Q    string `json:"qfmt"`
			A    string `json:"afmt"`
		} `json:"tmpls"`
	}
	if err := json.Unmarshal(data, &models); err != nil {
		return fmt.Errorf("%w: the note types: %w", ErrDamaged, err)
	}
	for key, in := range models {
		id, err := json.Number(key).Int64()
		if err != nil {
			return fmt.Errorf("%w: a note type has the key %q", ErrDamaged, key)
		}
		t := &noteType{name: in.Name, cloze: in.Type == 1, occlusion: in.Kind == 6}
		for _, f := range in.Flds {
			t.fields = append(t.fields, f.Name)
		}
		for _, x := range in.Tmpls {
			t.templates = append(t.templates, template{name: x.Name, question: x.Q, answer: x.A})
		}
		m.noteTypes[id] = t
	}
	return nil
}

func (m *model) readDecks(data []byte) error {
	var decks map[string]struct {
		Name string `json:"name"`
	}
	if err := json.Unmarshal(data, &decks); err != nil {
		return fmt.Errorf("%w: the decks: %w", ErrDamaged, err)
	}
	for key, d := range decks {
		id, err := json.Number(key).Int64()
		if err != nil {
			return fmt.Errorf("%w: a deck has the key %q", ErrDamaged, key)
		}
		m.decks[id] = levels(d.Name, "::")
	}
	return nil
}

func (m *model) loadDecks(ctx context.Context, c *collection) error {
	return c.rows(ctx, func(r *sql.Rows) error {
		var id int64
		var name string
		err := r.Scan(&id, &name)
		m.decks[id] = levels(name, "\x1f")
		return err
	}, "SELECT id, name FROM decks")
}

// levels returns the levels of a deck's name, none of them empty.
func levels(name, separator string) []string {
	parts := strings.Split(name, separator)
	for i, p := range parts {
		if parts[i] = lineOf(p); parts[i] == "" {
			parts[i] = "…"
		}
	}
	return parts
}

func (m *model) loadNoteTypes(ctx context.Context, c *collection) error {
	for _, step := range []struct {
		query string
		take  func(*noteType, string, []byte) error
	}{
		{"SELECT id, name, config FROM notetypes", func(t *noteType, name string, config []byte) error {
			t.name = name
			return wireFields(config, func(f wireField) {
				t.cloze = t.cloze || f.tag == 1 && f.number == 1
				t.occlusion = t.occlusion || f.tag == 9 && f.number == 6
			})
		}},
		{"SELECT ntid, name, x'' FROM fields ORDER BY ntid, ord", func(t *noteType, name string, _ []byte) error {
			t.fields = append(t.fields, name)
			return nil
		}},
		{"SELECT ntid, name, config FROM templates ORDER BY ntid, ord", func(t *noteType, name string, config []byte) error {
			x := template{name: name}
			err := wireFields(config, func(f wireField) {
				switch f.tag {
				case 1:
					x.question = string(f.bytes)
				case 2:
					x.answer = string(f.bytes)
				}
			})
			t.templates = append(t.templates, x)
			return err
		}},
	} {
		err := c.rows(ctx, func(r *sql.Rows) error {
			var id int64
			var name string
			var config []byte
			if err := r.Scan(&id, &name, &config); err != nil {
				return err
			}
			if m.noteTypes[id] == nil {
				m.noteTypes[id] = &noteType{}
			}
			return step.take(m.noteTypes[id], name, config)
		}, step.query)
		if err != nil {
			return err
		}
	}
	return nil
}
