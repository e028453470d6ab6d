package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/store"
)

// edit opens the card's place in its deck file in the learner's editor and
// reads the file again afterwards. The deck that comes with the program is
// copied into the learner's folder first, when the learner agrees.
func (t *sitting) edit(ctx context.Context, card store.Content) error {
	if !t.prompter.Interactive() {
		t.prompter.Notice(t.t("editing needs a terminal; the card is in %s", card.File))
		return nil
	}
	command, err := editor(t.getenv, card.File, card.Line)
	if err == nil {
		_, err = exec.LookPath(command[0])
	}
	if err != nil {
		t.prompter.Notice(t.t("the editor failed: %v", t.tr(err.Error())))
		return nil
	}
	if card.File == shippedPath {
		path, err := t.copyShipped(t.prompter)
		switch {
		case errors.Is(err, errInterrupted):
			return err
		case err != nil:
			t.prompter.Notice(t.tr(err.Error()))
			return nil
		case path == "":
			return nil
		}
		if err := t.syncDecks(ctx, t.lib); err != nil {
			return err
		}
		if card, err = t.lib.Content(ctx, card.ID); err != nil {
			return err
		}
	}
	if command, err = editor(t.getenv, card.File, card.Line); err != nil {
		return err
	}
	err = t.prompter.Suspend(func() error { return t.runEditor(ctx, command) })
	if err != nil {
		t.prompter.Notice(t.t("the editor failed: %v", t.tr(err.Error())))
	}
	if err := t.syncDecks(ctx, t.lib); err != nil {
		return err
	}
	if len(t.lib.notices) > 0 {
		// The folder is long and known; what is wrong must fit the row.
		t.prompter.Notice(strings.ReplaceAll(t.lib.notices[0], t.places.decks+string(filepath.Separator), ""))
		t.lib.notices = nil
	}
	return nil
}

func (a *app) runEditor(ctx context.Context, command []string) error {
	c := exec.CommandContext(ctx, command[0], command[1:]...)
	c.Stdin, c.Stdout, c.Stderr = a.stdin, a.terminal, a.stderr
	if a.talk != nil {
		c.Stderr = a.talk
	}
	return c.Run()
}

// openEditor opens a file at a line in the learner's editor, and waits for its end.
func (a *app) openEditor(ctx context.Context, file string, line int) error {
	command, err := editor(a.getenv, file, line)
	if err != nil {
		return err
	}
	if err := a.runEditor(ctx, command); err != nil {
		return fmt.Errorf("running the editor %s: %w", command[0], err)
	}
	return nil
}

// copyShipped writes the shipped deck into the learner's folder, when the learner
// agrees, and returns where; "" when not. It has the same deck and card ids, so the
// copy takes over all progress.
func (a *app) copyShipped(p term.Prompter) (string, error) {
	name, data, err := shippedDeck(a.deckLanguage())
	if err != nil {
		return "", err
	}
	path := filepath.Join(a.places.decks, name)
	view := term.View{Status: []string{a.t("edit")}, Body: []term.Block{{Kind: term.Question,
		Text: a.t("This deck comes with mindleaf. To edit it you need a copy of your own: %s. Your progress stays.", path)}}}
	yes, out, err := p.Confirm(view, a.t("Make the copy?"), false)
	switch {
	case err != nil:
		return "", err
	case out.Kind == term.Interrupt || out.Kind == term.EOF:
		return "", errInterrupted
	case !yes:
		return "", nil
	}
	return path, writeNew(path, bytes.NewReader(data))
}

// needEditor refuses to edit a deck file where no editor could show it.
func (a *app) needEditor(path string) error {
	switch {
	case a.onTerminal():
		return nil
	case path == shippedPath:
		return withHint(usagef("editing needs a terminal"), "there you are offered a copy of the deck, which comes with mindleaf")
	}
	return withHint(usagef("editing needs a terminal"), "the file is %s", path)
}

// offerCopy is copyShipped for a command that asks nothing else.
func (a *app) offerCopy() (string, error) {
	p, err := a.prompter(false)
	if err != nil {
		return "", err
	}
	path, err := a.copyShipped(p)
	if err = errors.Join(err, p.Close()); err == nil && path == "" {
		a.tell(a.t("Nothing was changed."))
	}
	return path, err
}
