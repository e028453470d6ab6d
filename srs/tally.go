package srs

// Stage is where a card stood when it was answered, for statistics.
type Stage int8

// The stages. Relearning counts as learning; a card in Review is young below
// MatureDays and mature from there on.
const (
	NewStage Stage = iota
	LearningStage
	YoungStage
	MatureStage
	Stages = 4
)

// StageOf returns the stage of a card in state s, suspended or not.
func StageOf(s State) Stage {
	switch {
	case s.Phase == New:
		return NewStage
	case s.Mature():
		return MatureStage
	case s.Phase == Review:
		return YoungStage
	}
	return LearningStage
}

// Button returns the index in Grades of the button that g counts as: qualities
// 0 to 2 are Again.
func (g Grade) Button() int { return int(min(max(g, Again), Easy) - Again) }

// TookBounds are the upper bounds, in seconds, by which answers are counted by
// the time they took; what took longer than the last is counted after it.
var TookBounds = [...]int64{5, 10, 20, 40, 60}

// Tally is what was done in one hour of a study day: what the statistics by
// time of day, by button and by time taken are drawn from.
type Tally struct {
	// Buttons counts reviews, drill left out, by the card's stage before the
	// answer and the button.
	Buttons [Stages][len(Grades)]int64
	Drills  int64
	// Millis is the time spent in milliseconds, drill included.
	Millis int64
	// Took counts reviews and drill answers by the time taken: Took[i] those
	// under TookBounds[i] and not under the bound before.
	Took [len(TookBounds) + 1]int64
}

// AddStep adds n times a step to its hour; n is 1 or -1. Only reviews and drill
// answers are counted.
func (t *Tally) AddStep(s *Step, n int64) {
	if !s.Event.Kind.Answer() {
		return
	}
	if s.Event.Kind == DrillEvent {
		t.Drills += n
	} else {
		t.Buttons[StageOf(s.Before)][s.Event.Grade.Button()] += n
	}
	millis := s.Event.Took.Milliseconds()
	t.Millis += n * millis
	i := 0
	for i < len(TookBounds) && millis >= TookBounds[i]*1000 {
		i++
	}
	t.Took[i] += n
}

// Add returns the sum of t and d.
func (t Tally) Add(d Tally) Tally {
	for i := range t.Buttons {
		for j := range t.Buttons[i] {
			t.Buttons[i][j] += d.Buttons[i][j]
		}
	}
	t.Drills += d.Drills
	t.Millis += d.Millis
	for i := range t.Took {
		t.Took[i] += d.Took[i]
	}
	return t
}

// Reviews returns the number of reviews at a stage.
func (t Tally) Reviews(at Stage) int64 {
	n := int64(0)
	for _, b := range t.Buttons[at] {
		n += b
	}
	return n
}

// Passed returns the number of reviews at a stage that were passed.
func (t Tally) Passed(at Stage) int64 { return t.Reviews(at) - t.Buttons[at][Again.Button()] }

// AllReviews returns the number of reviews at all stages.
func (t Tally) AllReviews() int64 {
	n := int64(0)
	for at := range Stage(Stages) {
		n += t.Reviews(at)
	}
	return n
}

// Answers returns the number of reviews and drill answers.
func (t Tally) Answers() int64 { return t.AllReviews() + t.Drills }

// Tested counts what retention is computed from: reviews of cards that were young
// or mature.
func (t Tally) Tested() int64 { return t.Reviews(YoungStage) + t.Reviews(MatureStage) }

// Remembered counts the passed ones among Tested.
func (t Tally) Remembered() int64 { return t.Passed(YoungStage) + t.Passed(MatureStage) }

// Moved returns how a step moves its card in Counts: minus one where it stood
// and one where it stands; zero when that is the same.
func (s *Step) Moved() Counts { return CountState(s.After).Add(CountState(s.Before), -1) }
