package term

// Ink is a colour of text that is printed and not part of a screen.
type Ink int

// The inks. Each stands for one thing everywhere, so that pages agree.
const (
	NoInk        Ink = iota
	MatureInk        // green
	YoungInk         // cyan
	LearningInk      // yellow
	FaintInk         // what is not begun or of no weight
	AlarmInk         // what is due
	HeadingInk       // bold
	SuspendedInk     // magenta
)

// inkParams are the SGR parameters of the inks.
var inkParams = [...]string{"", "32", "36", "33", "2", "31", "1", "35"}

// Paint returns s in the given ink as a terminal gets it, or s itself when
// colour is false. s must hold no escape sequences.
func Paint(s string, ink Ink, colour bool) string {
	if !colour || ink <= NoInk || int(ink) >= len(inkParams) || s == "" {
		return s
	}
	return "\x1b[" + inkParams[ink] + "m" + s + unpaint
}

// unpaint ends what Paint has painted.
const unpaint = "\x1b[0m"
