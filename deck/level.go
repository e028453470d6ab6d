package deck

import "fmt"

// Level is a stage of the learning path. The zero Level means that none was
// given; such cards count as Beginner on the path.
type Level int8

// The levels in the order of the path.
const (
	NoLevel Level = iota
	Beginner
	Intermediate
	Advanced
)

// Levels lists the levels in the order of the path.
var Levels = [...]Level{Beginner, Intermediate, Advanced}

// String returns the word used for l in deck files, "" for NoLevel.
func (l Level) String() string {
	switch l {
	case NoLevel:
		return ""
	case Beginner:
		return "beginner"
	case Intermediate:
		return "intermediate"
	case Advanced:
		return "advanced"
	}
	return fmt.Sprintf("level(%d)", int8(l))
}

// ParseLevel reads the word that String writes; "" gives NoLevel. Any other
// word is an error that lists the right ones.
func ParseLevel(s string) (Level, error) {
	for l := NoLevel; l <= Advanced; l++ {
		if s == l.String() {
			return l, nil
		}
	}
	return NoLevel, fmt.Errorf("unknown level %q: use beginner, intermediate or advanced", Shorten(s))
}
