package main

// chineseAnki are the messages of importing packages of Anki.
func chineseAnki() map[string]string {
	return map[string]string{
		"%d notes":               "%d 条笔记",
		"%d reviews":             "%d 次复习",
		"%d cards are due today": "今天有 %d 张卡到期",
	}
}
