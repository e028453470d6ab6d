package main

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs/quiz"
	"github.com/mindleaf/mindleaf/store"
	"github.com/spf13/cobra"
)

// quizFlags are the flags of mindleaf quiz.
type quizFlags struct {
	count       int
	kind, level string
	exam, plain bool
	limit       time.Duration
	pass        int
	seed        uint32
	seeded      bool
}

func newQuizCommand(a *app) *cobra.Command {
	var f quizFlags
	c := &cobra.Command{
		Use:   "quiz [DECK|SECTION|FILTER]",
		Short: "Find out where you stand, without changing the schedule",
		Long: `quiz asks questions about cards and about the map itself: the answer among wrong
ones, the section something belongs to, what is not one of a section, what is
missing in a list, a typed answer, a blank to fill in. --kind mixed asks as many
of each sort as there are.

A typed answer is right whatever its case, width, punctuation and spaces. What
comes near is shown with its difference, {+missing+} and [-too much-], and you
say whether it counts.

--exam tells right from wrong only at the end. With --time the questions that
are not answered when the time is up count as not right; with --pass the result
says whether that share was reached. The exit code is 0 either way.

The result is kept and compared with the last ones of the same deck or section
and level. A quiz that is not finished is not kept. No quiz changes when a card
is due; what was missed can be put into today's drill at the end, where cards
that are new are left for the path. --seed asks the same questions again.

A filter, such as 'is:young lapses>2', asks about the cards that fit it; mindleaf
card search --help tells what it may say.`,
		Example: "  mindleaf quiz\n  mindleaf quiz 训练过程 --kind choice --count 10\n  mindleaf quiz --exam --time 20m --pass 80",
		RunE: func(cmd *cobra.Command, args []string) error {
			f.seeded = cmd.Flags().Changed("seed")
			return a.runQuiz(cmd.Context(), args, f)
		},
		ValidArgsFunction: a.completeScope,
	}
	c.Flags().IntVar(&f.count, "count", 20, "number of questions, 1 to 500")
	c.Flags().StringVar(&f.kind, "kind", "mixed", "sort of questions: choice, typed, cloze or mixed")
	c.Flags().StringVar(&f.level, "level", "", "only cards of this level: beginner, intermediate or advanced")
	c.Flags().BoolVar(&f.exam, "exam", false, "say what was right only at the end")
	c.Flags().DurationVar(&f.limit, "time", 0, "time limit of an exam, such as 20m (default: none)")
	c.Flags().IntVar(&f.pass, "pass", 0, "share that must be right to pass an exam, 1 to 100 percent (default: none)")
	c.Flags().Uint32Var(&f.seed, "seed", 0, "ask the questions of the quiz with this number again")
	c.Flags().BoolVar(&f.plain, "plain", false, "ask line by line, for screen readers, pipes and dumb terminals")
	c.Flags().BoolVar(&a.json, "json", false, "print JSON")
	return c
}

func (f quizFlags) check() error {
	switch {
	case f.count < 1 || f.count > 500:
		return usagef("--count takes a number of questions, 1 to 500")
	case !f.exam && (f.limit != 0 || f.pass != 0):
		return usagef("--time and --pass are for an exam: add --exam")
	case f.limit < 0 || f.limit > 24*time.Hour:
		return usagef("--time takes a time such as 20m, 24h at most")
	case f.pass < 0 || f.pass > 100:
		return usagef("--pass takes a percentage, 1 to 100")
	}
	return nil
}

func (a *app) runQuiz(ctx context.Context, args []string, f quizFlags) error {
	if err := f.check(); err != nil {
		return err
	}
	kind, err := quiz.ParseKind(f.kind)
	if err != nil {
		return usageError{err}
	}
	level, err := parseLevel(f.level)
	if err != nil {
		return err
	}
	if !f.plain {
		if err := a.needTerminal("quiz"); err != nil {
			return err
		}
	}
	if f.seed, err = a.seed(f.seeded, f.seed); err != nil {
		return err
	}
	return a.withLibrary(ctx, func(lib *library) error {
		filter, err := a.findCards(ctx, lib, args)
		if err != nil {
			return err
		}
		filter.Level = level
		scope, err := quizScope(ctx, lib, filter)
		if err != nil {
			return err
		}
		asked, err := askedCards(ctx, lib, filter, scope)
		if err != nil {
			return err
		}
		pool, err := a.quizPool(ctx, lib, filter, f.seed)
		if err != nil {
			return err
		}
		questions := quiz.Make(pool, asked, quiz.Settings{Kind: kind, Count: f.count, Seed: uint64(f.seed)})
		if len(questions) == 0 && filter.Query != nil && !slices.ContainsFunc(pool, func(c quiz.Card) bool { return asked(&c) }) {
			return noneFits(strings.Join(args, " "))
		}
		if len(questions) == 0 {
			return withHint(errors.New("no question of this kind can be made here"), "try --kind mixed, or a larger section")
		}
		return a.quiz(ctx, lib, f, scope, questions)
	})
}

// seed returns the seed the learner gave, or a new one.
func (a *app) seed(given bool, seed uint32) (uint32, error) {
	if given {
		return seed, nil
	}
	var b [4]byte
	if _, err := io.ReadFull(a.random, b[:]); err != nil {
		return 0, fmt.Errorf("choosing questions: %w", err)
	}
	return binary.LittleEndian.Uint32(b[:]), nil
}

// quizScope is what a filter says, in words that last.
func quizScope(ctx context.Context, lib *library, f store.Filter) (quiz.Scope, error) {
	path, err := lib.SectionPath(ctx, f.Section)
	scope := quiz.Scope{Deck: f.Deck, Section: path, Level: deck.Level(f.Level).String()}
	if f.Query != nil {
		scope.Filter = f.Query.Expr.String()
	}
	return scope, err
}

// askedCards returns a function that reports whether a quiz asks about a card.
func askedCards(ctx context.Context, lib *library, f store.Filter, scope quiz.Scope) (func(*quiz.Card) bool, error) {
	in := within(scope)
	if f.Query == nil {
		return in, nil
	}
	fit, err := lib.fitting(ctx, f)
	return func(c *quiz.Card) bool { return fit[c.Key] && in(c) }, err
}

// within returns a function that reports whether a card is in scope.
func within(scope quiz.Scope) func(*quiz.Card) bool {
	return func(c *quiz.Card) bool {
		n := len(scope.Section)
		return (scope.Deck == "" || c.Deck == scope.Deck) &&
			(scope.Level == "" || max(c.Level, deck.Beginner).String() == scope.Level) &&
			len(c.Path) >= n && slices.Equal(c.Path[:n], scope.Section)
	}
}

// fullPool is the number of cards from which no more decks are read: there are
// questions enough.
const fullPool = 5000

// quizPool returns the cards that a quiz is made from: those of the deck, or of
// all decks, of a large library of decks drawn by the seed.
func (a *app) quizPool(ctx context.Context, lib *library, f store.Filter, seed uint32) ([]quiz.Card, error) {
	decks, err := lib.Decks(ctx, lib.day)
	if err != nil {
		return nil, err
	}
	if decks, err = lib.decksOf(ctx, f, decks); err != nil {
		return nil, err
	}
	r := rand.New(rand.NewPCG(uint64(seed), uint64(len(decks))))
	r.Shuffle(len(decks), func(i, j int) { decks[i], decks[j] = decks[j], decks[i] })
	var pool []quiz.Card
	for _, d := range decks {
		if len(pool) >= fullPool {
			break
		}
		contents, err := lib.Contents(ctx, store.Filter{Deck: d.ID})
		if err != nil {
			return nil, err
		}
		for _, c := range contents {
			pool = append(pool, quizCard(c))
		}
	}
	return pool, nil
}

func quizCard(c store.Content) quiz.Card {
	return quiz.Card{
		Key: c.ID, Deck: c.Deck, Path: c.Path, Leaf: c.Leaf, Level: c.Level, Kind: c.Kind, Front: c.Front, Back: c.Back,
		Note: c.Note, Source: c.Source, Choices: c.Choices, Accept: c.Accept,
	}
}
