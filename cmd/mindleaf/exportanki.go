package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/anki"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/srs/sm2"
	"github.com/mindleaf/mindleaf/store"
)

// writeApkg writes a deck as a package of Anki.
func writeApkg(ctx context.Context, w io.Writer, x *export) (err error) {
	folder, err := os.MkdirTemp("", "mindleaf-")
	if err != nil {
		return err
	}
	defer func() {
		if removed := os.RemoveAll(folder); err == nil {
			err = removed
		}
	}()
	d := x.decks[0]
	d.StateIDs()
	h := &ankiHistory{ctx: ctx, lib: x.lib, cards: make(map[deck.CardID]srs.Card)}
	err = x.lib.Stored(ctx, d.ID, func(s store.Stored) error {
		if !s.Content.Archived {
			h.cards[s.Content.Card] = s.Card
		}
		return nil
	})
	if err != nil {
		return err
	}
	changed, err := x.changed(ctx, d.ID)
	if err != nil {
		return err
	}
	_, err = anki.Write(ctx, w, anki.Export{Deck: d, Folder: folder, Now: x.lib.now, RolloverHour: x.rollover, Changed: changed, Progress: h.progress})
	return err
}

// changed is when the file of a deck was written last; of the deck that is built
// in, when the program was.
func (x *export) changed(ctx context.Context, id deck.ID) (time.Time, error) {
	files, err := x.lib.Files(ctx)
	if err != nil {
		return x.lib.now, err
	}
	for _, f := range files {
		if f.Deck != id {
			continue
		}
		if f.Path != shippedPath {
			return time.Unix(0, f.MTimeNS), nil
		}
		if program, err := os.Executable(); err == nil {
			if info, err := os.Stat(program); err == nil {
				return info.ModTime(), nil
			}
		}
	}
	return x.lib.now, nil
}

// ankiHistory tells what was learned of cards, in Anki's words.
type ankiHistory struct {
	ctx   context.Context
	lib   *library
	cards map[deck.CardID]srs.Card
}

func (h *ankiHistory) progress(id deck.CardID) (*anki.Progress, error) {
	c, ok := h.cards[id]
	if !ok || c.State == srs.NewState() && c.State.Reviews == 0 {
		return nil, nil
	}
	events, err := h.lib.History(h.ctx, c.ID)
	if err != nil {
		return nil, err
	}
	_, steps, err := srs.Fold(events, c.Seed, sm2.Schedulers)
	if err != nil {
		return nil, fmt.Errorf("card %s: %w", id, err)
	}
	p := &anki.Progress{Card: id, Now: ankiState(c.State), Suspended: c.State.Suspended, Buried: c.State.BuriedDay >= h.lib.day, Flag: c.State.Flag}
	for _, s := range steps {
		p.Changed = s.Event.At
		if e, ok := stepEvent(s); ok {
			p.Events = append(p.Events, e)
		}
	}
	return p, nil
}

// stepEvent is a step as a row of Anki's history; false when Anki logs no such
// thing.
func stepEvent(s srs.Step) (anki.Event, bool) {
	e := anki.Event{At: momentOf(s.Event), Day: int32(s.Event.Day), Took: s.Event.Took, State: ankiState(s.After)}
	switch s.Event.Kind {
	case srs.ReviewEvent, srs.ForeignReviewEvent:
		e.Kind, e.Button = anki.Reviewed, button(s.Event.Grade)
	case srs.DrillEvent:
		e.Kind, e.Button = anki.Drilled, button(s.Event.Grade)
	case srs.SetStateEvent, srs.ResetEvent, srs.SetDueEvent:
		e.Kind = anki.Placed
	default:
		return e, false
	}
	return e, true
}

// momentOf is when an event happened. The clock of the log, which is never the
// same twice, is preferred to the one on the wall unless that was set back.
func momentOf(e srs.Event) time.Time {
	if logged := time.UnixMilli(e.Clock).In(e.At.Location()); logged.Sub(e.At).Abs() < time.Minute {
		return logged
	}
	return e.At
}

// button is the button of Anki for a grade.
func button(g srs.Grade) int8 { return int8(max(g-1, 1)) }

func ankiState(s srs.State) anki.State {
	return anki.State{Phase: anki.Phase(s.Phase), Due: int32(s.Due), LastDay: int32(s.LastDay), IntervalDays: s.IntervalDays,
		Ease: int32(s.Ease), Reps: s.Reps, Lapses: s.Lapses}
}
