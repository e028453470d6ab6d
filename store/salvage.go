package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
)

// Salvage merges what can still be read of the log in a damaged database, at
// path with its -wal file beside it, into the store, which should hold the newest
// backup of it. The damaged files stay as they are. What cannot be read is left
// out without an error.
func (d *DB) Salvage(ctx context.Context, path string) (m Merged, err error) {
	folder, copied, err := copyDamaged(path)
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	if err != nil {
		return m, fmt.Errorf("reading a damaged database: %w", err)
	}
	damaged, err := sql.Open("sqlite", source(copied, patience))
	if err != nil {
		return m, fmt.Errorf("opening %s: %w", path, err)
	}
	damaged.SetMaxOpenConns(1)
	s := &salvage{ctx: ctx, from: damaged, into: d.db}
	events := s.events()
	if err := damaged.Close(); err != nil && len(events) == 0 {
		return m, nil // nothing of it could be read
	}
	return d.Merge(ctx, events)
}

// copyDamaged copies a database, with its -wal file, into a new folder beside it, which
// is for the caller to remove, also after an error.
func copyDamaged(path string) (folder, copied string, err error) {
	folder, err = os.MkdirTemp(filepath.Dir(path), ".mindleaf-salvage-*")
	if err != nil {
		return "", "", err
	}
	copied = filepath.Join(folder, "damaged.db")
	for _, ending := range []string{"", WALEnding} {
		if err := copyFile(path+ending, copied+ending); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return folder, "", err
		}
	}
	return folder, copied, nil
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return errors.Join(err, in.Close())
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, in.Close(), out.Close())
}

// salvage reads events from one end of the log to where it is damaged, and then
// from the other end.
type salvage struct {
	ctx        context.Context
	from, into *sql.DB
}

func (s *salvage) events() []Logged {
	seen, half := make(map[srs.EventKey]bool), s.half()
	var found []Logged
	for _, direction := range []string{"ASC, seq ASC", "DESC, seq DESC"} {
		for _, event := range s.read("SELECT "+rawColumns+" FROM event e ORDER BY device "+direction, seen) {
			if l, ok := s.name(event); ok && !half[event.Key] {
				found = append(found, l)
			}
		}
	}
	return found
}

// half returns the events of a merge that did not come to its end, as far as the
// note of it can be read: they are to be taken back.
func (s *salvage) half() map[srs.EventKey]bool {
	half := make(map[srs.EventKey]bool)
	for keys, err := range each(s.ctx, s.from, scanBytes, "SELECT keys FROM merge_piece WHERE EXISTS (SELECT 1 FROM merge_note)") {
		if err != nil {
			break
		}
		cards, _ := unpackNoted(keys) // of which the first ones may be whole
		for _, c := range cards {
			for _, key := range c.keys {
				half[key] = true
			}
		}
	}
	return half
}

// unnamed is an event with the key of its scheduler in place of the name.
type unnamed struct {
	srs.Event
	scheduler int64
}

// read collects events until one cannot be read or was seen.
func (s *salvage) read(query string, seen map[srs.EventKey]bool) (found []unnamed) {
	rows, err := s.from.QueryContext(s.ctx, query)
	if err != nil {
		return nil
	}
	defer rows.Close()
	for rows.Next() {
		r, err := scanUnnamed(rows)
		if err != nil || seen[r.Key] {
			return found
		}
		seen[r.Key] = true
		found = append(found, r)
	}
	return found
}

func scanUnnamed(row scanner) (u unnamed, err error) {
	var r eventRow
	if err := row.Scan(r.fields()...); err != nil {
		return u, err
	}
	u.Event, err = r.event()
	u.scheduler = int64(r.n[schedulerColumn])
	return u, err
}

// name gives an event its lasting names, from the damaged database or, as both
// are of one origin, from the store.
func (s *salvage) name(r unnamed) (l Logged, ok bool) {
	l.Event = r.Event
	if l.Device, ok = s.lookUp("SELECT uid FROM device WHERE id = ?", r.Key.Device); !ok {
		return l, false
	}
	if r.Target.Device != 0 {
		if l.TargetDevice, ok = s.lookUp("SELECT uid FROM device WHERE id = ?", r.Target.Device); !ok {
			return l, false
		}
	}
	if r.scheduler != 0 {
		if l.Scheduler, ok = s.lookUp("SELECT name FROM scheduler WHERE id = ?", r.scheduler); !ok {
			return l, false
		}
	}
	if r.Card == 0 {
		return l, true
	}
	in, ok := s.lookUp("SELECT deck.uid FROM card JOIN deck ON deck.id = deck_id WHERE card.id = ?", r.Card)
	if !ok {
		return l, false
	}
	card, ok := s.lookUp("SELECT uid FROM card WHERE id = ?", r.Card)
	l.Deck, l.CardID = deck.ID(in), deck.CardID(card)
	return l, ok
}

// lookUp asks the store first, which is whole, and then the damaged database.
func (s *salvage) lookUp(query string, key int64) (value string, ok bool) {
	for _, db := range []*sql.DB{s.into, s.from} {
		if err := db.QueryRowContext(s.ctx, query, key).Scan(&value); err == nil {
			return value, true
		}
	}
	return "", false
}

func scanBytes(row scanner) (b []byte, err error) { return b, row.Scan(&b) }
