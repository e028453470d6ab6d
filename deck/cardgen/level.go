package cardgen

import (
	"strings"

	"github.com/mindleaf/mindleaf/deck"
)

// levelNames are the names that sections of a learning path go by.
var levelNames = map[string]deck.Level{
	"初学者": deck.Beginner, "初级": deck.Beginner, "入门": deck.Beginner, "新手": deck.Beginner, "基础": deck.Beginner,
	"中级": deck.Intermediate, "进阶": deck.Intermediate,
	"高级": deck.Advanced, "专家": deck.Advanced, "精通": deck.Advanced,
	"beginner": deck.Beginner, "beginners": deck.Beginner, "novice": deck.Beginner,
	"intermediate": deck.Intermediate,
	"advanced":     deck.Advanced, "expert": deck.Advanced,
}

// PathLevel returns the level that the innermost section named after one gives
// to a leaf below it: 初学者, 中级 and 高级, or beginner, intermediate and
// advanced, and words like them. It returns deck.NoLevel when there is none.
func PathLevel(path []string, _ string) deck.Level {
	for i := len(path) - 1; i >= 0; i-- {
		name := strings.ToLower(path[i])
		for _, end := range []string{"阶段", "级别", " level", "s"} {
			if level, ok := levelNames[strings.TrimSuffix(name, end)]; ok {
				return level
			}
		}
	}
	return deck.NoLevel
}
