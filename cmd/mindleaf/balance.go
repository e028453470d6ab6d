package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/srs/sm2"
)

// weekdays are the words of review.easy_days, Sunday first as in time.Weekday.
var weekdays = [...]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// easyDays is the share of the usual load for each day of the week in percent.
type easyDays [7]int

// parseEasyDays reads words such as "sat=50 sun=0"; a day by itself is a day of
// rest, a day that is not named has its full share.
func parseEasyDays(s string) (easyDays, error) {
	days := easyDays{100, 100, 100, 100, 100, 100, 100}
	for _, word := range strings.Fields(strings.ToLower(s)) {
		name, share, found := strings.Cut(word, "=")
		percent, err := 0, error(nil)
		if found {
			percent, err = strconv.Atoi(share)
		}
		if err != nil || percent < 0 || percent > 100 {
			return days, fmt.Errorf("%q is not a share of 0 to 100 percent", share)
		}
		at := -1
		for i, day := range weekdays {
			if name == day {
				at = i
			}
		}
		if at < 0 {
			return days, fmt.Errorf("%q is not a day of the week; use %s", name, strings.Join(weekdays[:], ", "))
		}
		days[at] = percent
	}
	return days, nil
}

// share returns the share of a study day.
func (e easyDays) share(day srs.Day) int { return e[day.Date().Weekday()] }

// balancer chooses days on which few cards are due. It counts a day once and
// then keeps count itself, so that an answer costs no query.
type balancer struct {
	ctx       context.Context
	lib       *library
	scheduler *sm2.Scheduler
	easy      easyDays
	due       map[srs.Day]int64
	// err is the first error met; from then on the scheduler's own days count.
	err error
}

// balancer returns what chooses days for a sitting, nil when that is switched
// off.
func (a *app) balancer(ctx context.Context, lib *library, scheduler *sm2.Scheduler) *balancer {
	if !a.config.Review.LoadBalance {
		return nil
	}
	easy, err := parseEasyDays(a.config.Review.EasyDays)
	return &balancer{ctx: ctx, lib: lib, scheduler: scheduler, easy: easy, due: make(map[srs.Day]int64), err: err}
}

// choose returns the day on which a card should come.
func (b *balancer) choose(c srs.Card, after srs.State) srs.Day {
	if b.err != nil || !b.scheduler.Balanced(after, b.lib.day) {
		return after.Due
	}
	first, last := b.scheduler.Spread(after, b.lib.day)
	if b.err = b.count(first, last); b.err != nil {
		return after.Due
	}
	due := make([]int64, 0, last-first+1)
	for day := first; day <= last; day++ {
		due = append(due, b.due[day])
	}
	return b.scheduler.Balance(after, c.Seed, b.lib.day, due, b.easy.share)
}

// count reads how many cards are due on the days from first to last, unless all
// of them are counted already.
func (b *balancer) count(first, last srs.Day) error {
	missing := false
	for day := first; day <= last && !missing; day++ {
		_, known := b.due[day]
		missing = !known
	}
	if !missing {
		return nil
	}
	counts, err := b.lib.DueOn(b.ctx, first, last)
	for day := first; day <= last; day++ {
		if _, known := b.due[day]; !known {
			b.due[day] = counts[day]
		}
	}
	return err
}

// moved keeps count of a card that was sent to another day.
func (b *balancer) moved(to srs.Day) {
	if b == nil {
		return
	}
	if n, known := b.due[to]; known {
		b.due[to] = n + 1
	}
}
