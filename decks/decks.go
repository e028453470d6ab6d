// Package decks holds the decks that come with the program. They are data: the
// map 《LLM大型语言模型脑图-基础技术篇》 as cards, one file a language.
package decks

import "embed"

// FS holds the deck files by name, such as "llm-basics.zh.toml", and with the
// ending ".sha256" added the checksum of each as 64 hexadecimal digits: a start
// that finds a deck indexed already need not read all of it.
//
//go:embed *.toml *.sha256
var FS embed.FS
