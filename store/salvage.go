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

// Salvaged is what could be read of a damaged database.
type Salvaged struct {
	// Events are for Merge. Those that the store has are among them.
	Events []Logged
	// Lost is how many events more the damaged database had, and the store has not;
	// -1 when that cannot be told.
	Lost int64
}

// Salvage returns what can still be read of the log in a damaged database, at
// path with its -wal file beside it. The damaged files stay as they are.
//
// The store should hold the newest backup of it, as it was made: a deck that is
// indexed first gets keys that mean other cards in the damaged database. Index the
// decks before Merge, which finds cards by their names. What that logs itself gets
// numbers that no event returned has.
func (d *DB) Salvage(ctx context.Context, path string) (s Salvaged, err error) {
	folder, copied, err := copyDamaged(path)
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	if err != nil {
		return s, fmt.Errorf("reading a damaged database: %w", err)
	}
	damaged, err := sql.Open("sqlite", source(copied, patience))
	if err != nil {
		return s, fmt.Errorf("opening %s: %w", path, err)
	}
	damaged.SetMaxOpenConns(1)
	s = (&salvage{ctx: ctx, from: damaged, into: d.db, seen: make(map[srs.EventKey]bool)}).all()
	_ = damaged.Close() // which fails where nothing could be read
	if err := ctx.Err(); err != nil {
		return s, err
	}
	return s, d.leaveRoom(ctx, s.Events)
}

// leaveRoom has this device number what it logs next after all of its own among
// events: Merge would take one of the same number for known.
func (d *DB) leaveRoom(ctx context.Context, events []Logged) error {
	return d.tx(ctx, "reading a damaged database", func(tx *txn) error {
		var self string
		if err := tx.QueryRowContext(ctx, "SELECT uid FROM device WHERE id = ?", thisDevice).Scan(&self); err != nil {
			return err
		}
		var seq, clock int64
		for _, l := range events {
			if l.Device == self {
				seq, clock = max(seq, l.Key.Seq), max(clock, l.Clock)
			}
		}
		_, err := tx.ExecContext(ctx, "UPDATE device SET seq = max(seq, ?), clock = max(clock, ?) WHERE id = ?", seq, clock, thisDevice)
		return err
	})
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

// salvage reads events from one end of the log to where it is damaged, then from the
// other end, and then one by one those between that the index of cards names.
type salvage struct {
	ctx        context.Context
	from, into *sql.DB
	seen       map[srs.EventKey]bool
	// strange says that the store has another event under the key of one that was
	// read: then its keys mean something else.
	strange bool
}

func (s *salvage) all() (out Salvaged) {
	half := s.half()
	read, whole := s.read("ASC, seq ASC")
	if !whole {
		more, _ := s.read("DESC, seq DESC")
		read = append(read, more...)
	}
	s.strange = s.differs(read)
	if !whole {
		var between []unnamed
		between, out.Lost = s.between(half)
		read = append(read, between...)
	}
	for _, event := range read {
		if half[event.Key] {
			continue
		}
		if l, ok := s.name(event); ok && checkLogged(l) == nil {
			out.Events = append(out.Events, l)
		} else if out.Lost >= 0 && !s.has(event.Key) {
			out.Lost++
		}
	}
	return out
}

// between reads the events that the index of cards names and that were not read yet,
// and returns how many of them are lost; -1 when the index is damaged, too. Those of a
// merge that did not come to its end do not count.
func (s *salvage) between(half map[srs.EventKey]bool) (found []unnamed, lost int64) {
	const named = "SELECT device, seq FROM event INDEXED BY event_card ORDER BY card_id "
	var keys []srs.EventKey
	list := func(direction string) (whole bool) {
		for key, err := range each(s.ctx, s.from, scanKey, named+direction) {
			if err != nil {
				return false
			}
			if !s.seen[key] {
				s.seen[key] = true
				keys = append(keys, key)
			}
		}
		return true
	}
	whole := list("ASC")
	if !whole {
		list("DESC")
	}
	for _, key := range keys {
		row := s.from.QueryRowContext(s.ctx, "SELECT "+rawColumns+" FROM event e WHERE device = ? AND seq = ?", key.Device, key.Seq)
		if r, err := scanUnnamed(row); err == nil {
			found = append(found, r)
		} else if !half[key] && !s.has(key) {
			lost++
		}
	}
	if !whole {
		lost = -1
	}
	return found, lost
}

// has reports whether the store has an event that could not be read.
func (s *salvage) has(key srs.EventKey) bool {
	var there bool
	err := s.into.QueryRowContext(s.ctx, "SELECT EXISTS (SELECT 1 FROM event WHERE device = ? AND seq = ?)", key.Device, key.Seq).Scan(&there)
	return err == nil && there && !s.strange
}

// differs reports whether the store has another event under the key of one of
// those: the clock of a device gives no two of its events the same time.
func (s *salvage) differs(events []unnamed) bool {
	for _, e := range events {
		var clock int64
		err := s.into.QueryRowContext(s.ctx, "SELECT clock FROM event WHERE device = ? AND seq = ?", e.Key.Device, e.Key.Seq).Scan(&clock)
		if err == nil && clock != e.Clock {
			return true
		}
	}
	return false
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

// read collects events in an order until one cannot be read or was seen, and reports
// whether it came to the end.
func (s *salvage) read(direction string) (found []unnamed, whole bool) {
	for r, err := range each(s.ctx, s.from, scanUnnamed, "SELECT "+rawColumns+" FROM event e ORDER BY device "+direction) {
		if err != nil || s.seen[r.Key] {
			return found, false
		}
		s.seen[r.Key] = true
		found = append(found, r)
	}
	return found, true
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

// name gives an event its lasting names.
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

// lookUp asks the damaged database, whose keys they are. Where it cannot say the store
// can, for the keys that it had when the backup was made.
func (s *salvage) lookUp(query string, key int64) (value string, ok bool) {
	err := s.from.QueryRowContext(s.ctx, query, key).Scan(&value)
	if err != nil && !s.strange {
		err = s.into.QueryRowContext(s.ctx, query, key).Scan(&value)
	}
	return value, err == nil
}

func scanKey(row scanner) (k srs.EventKey, err error) { return k, row.Scan(&k.Device, &k.Seq) }

func scanBytes(row scanner) (b []byte, err error) { return b, row.Scan(&b) }
