package path

// learnedAfterDays is how long a card takes at least from its first review until
// it counts as learned: SM-2's first two intervals, 1 and 6 days.
const learnedAfterDays = 7

// DaysToGo estimates in how many days every card is learned when newCards are
// left to begin and begun ones are not learned yet: the days to begin the rest at
// perDay a day, rounded up, and 7 more for the last of them to be recalled
// twice. Lapses are not foreseen. false when there is no pace to go by.
func DaysToGo(newCards, begun int64, perDay float64) (days int, ok bool) {
	switch {
	case newCards <= 0 && begun <= 0:
		return 0, true
	case newCards <= 0:
		return learnedAfterDays, true
	case perDay <= 0:
		return 0, false
	}
	whole := int(float64(newCards) / perDay)
	if float64(whole)*perDay < float64(newCards) {
		whole++
	}
	return whole + learnedAfterDays, true
}
