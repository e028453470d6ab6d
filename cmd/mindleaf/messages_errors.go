package main

import "sync"

// chineseErrors are the errors, warnings and hints of all packages in Chinese, by
// the format they are made with: one table for each part of the program.
var chineseErrors = sync.OnceValue(func() []map[string]string {
	return []map[string]string{
		chinesePlaces(), chineseQuizErrors(), chineseCommandErrors(), chineseImportErrors(), chineseDeckErrors(), chineseFileErrors(), chineseSyntaxErrors(),
		chineseCardErrors(), chineseReaderErrors(), chineseMapErrors(), chineseStoreErrors(), chineseScheduleErrors(), chineseForeignErrors(), chineseAddErrors(),
		chineseFindErrors(),
	}
})

// chinesePlaces are the formats without words of their own: where something is
// wrong, and how many things.
func chinesePlaces() map[string]string {
	return map[string]string{
		"%s:%d:%d: %s": "%s:%d:%d：%s",
		"%s:%d: %s":    "%s:%d：%s",
		"%d %s":        "%d %s",
		"%s is not a mindleaf database, or is damaged: %s": "%s 不是 mindleaf 的数据库，或已损坏：%s",
	}
}
