package main

import (
	"strings"
	"testing"
	"time"

	"github.com/mindleaf/mindleaf/deck/property"
)

func TestTranslate(t *testing.T) {
	defer func(before func() *errorTable) { errorFormats = before }(errorFormats)
	table := newErrorTable([]map[string]string{chinesePlaces(), {
		"card has no front":                          "卡片没有正面",
		"reading deck %s: %w":                        "读取卡组 %s：%w",
		"writing %s: %w":                             "写入 %s：%w",
		"there is no deck %q":                        "没有卡组 %q",
		"card id %q is used twice, first on line %d": "卡片标识 %q 用了两次，第一次在第 %d 行",
		"100%% of %d":                                "%d 的 100%%",
		"%s is there already":                        "%s 已经存在",
		"%s %w; move it away":                        "%s %w；请把它移走",
		"is not a mindleaf database":                 "不是 mindleaf 的数据库",
		"%s left out":                                "未带入 %s",
		"%d headline":                                "%d 个标题",
		"reviews left out: their card was left out":  "次复习未带入：卡片未带入",
		"cards left out: %s":                         "张卡未带入：%s",
		"%s is %s, expected %s":                      "%s 是%s，应为%s",
		"%s is %s, expected text":                    "%s 是%s，应为文字",
		"a number":                                   "数字",
		"there is no setting %q; did you mean %q?":   "没有设置 %q；是不是 %q？",
		"%s: %d rows, but no cards%s":                "%s：%d 行，但没有卡片%s",
		": line %d was left out: %s":                 "：第 %d 行未带入：%s",
	}})
	errorFormats = func() *errorTable { return table }
	tests := []struct{ english, want string }{
		{"card has no front", "卡片没有正面"},
		{`there is no deck "生物"`, `没有卡组 "生物"`},
		{"biology.toml:12:5: card has no front", "biology.toml:12:5：卡片没有正面"},
		{"/a: b/biology.toml:12: card has no front", "/a: b/biology.toml:12：卡片没有正面"},
		{"reading deck 生物: card has no front", "读取卡组 生物：卡片没有正面"},
		{`card id "a" is used twice, first on line 12`, `卡片标识 "a" 用了两次，第一次在第 12 行`},
		{`card id "a" is used twice, first on line x`, `card id "a" is used twice, first on line x`},
		{"100% of 7", "7 的 100%"},
		{"deck.toml is there already", "deck.toml 已经存在"},
		{"p.db is not a mindleaf database; move it away", "p.db 不是 mindleaf 的数据库；请把它移走"},
		{"open x: permission denied", "open x: permission denied"},
		{"somewhere: card has no front", "somewhere：卡片没有正面"},
		{"text is a number, expected text", "text 是数字，应为文字"},
		{`there is no setting "a; did you mean \"b\"?"; did you mean "c"?`, `没有设置 "a; did you mean \"b\"?"；是不是 "c"？`},
		{"a: b.csv: 3 rows, but no cards", "a: b.csv：3 行，但没有卡片"},
		{"b.csv: 3 rows, but no cards: line 2 was left out: card has no front", "b.csv：3 行，但没有卡片：第 2 行未带入：卡片没有正面"},
		{"生物: 7 is there already", "生物: 7 已经存在"},
		{"reading deck a, b-c, d_e: card has no front", "读取卡组 a、b-c、d_e：卡片没有正面"},
		{`reading deck a, b c: card has no front`, "读取卡组 a, b c：卡片没有正面"},
		{"writing /a b/map.svg: card has no front", "写入 /a b/map.svg：卡片没有正面"},
		{"a b/c.org: 1 headline left out", "a b/c.org：未带入 1 个标题"},
		{"c.apkg: 6 reviews left out: their card was left out", "c.apkg：6 次复习未带入：卡片未带入"},
		{"", ""},
	}
	for _, tt := range tests {
		if got := translate(tt.english); got != tt.want {
			t.Errorf("translate(%q) = %q, want %q", tt.english, got, tt.want)
		}
	}
}

// TestTranslateIsFast bounds what the first error of a run costs: the table of all
// formats, and a long text of nested parts that hardly any format fits.
func TestTranslateIsFast(t *testing.T) {
	property.OneAtATime(t)
	text := strings.Repeat("reading deck 生物: open: ", 20) + `"a": "b" is strange`
	fastest := time.Hour
	for range 5 {
		start := time.Now()
		before := errorFormats
		table := newErrorTable(chineseErrors())
		errorFormats = func() *errorTable { return table }
		translate(text)
		errorFormats = before
		fastest = min(fastest, time.Since(start))
	}
	if fastest > 20*time.Millisecond {
		t.Errorf("an error took %v, want at most 20ms", fastest)
	}
	t.Logf("an error took %v", fastest)
}
