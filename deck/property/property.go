// Package property checks what must hold for everything that can be drawn. It
// stands apart because the tests of every room use it: they draw the same every
// time, so that a failure is one of the change at hand and not of the day.
package property

import (
	"flag"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

// seedFlag is the flag of rapid with the number that all drawing begins with.
const seedFlag = "rapid.seed"

// Check runs prop as [rapid.Check] does, with a seed of its own choice unless the
// flag -rapid.seed names one; 0 there draws anew at every run. To look further,
// run one package as in
//
//	go test ./deck/cardgen -rapid.seed=0 -rapid.checks=20000
func Check(t *testing.T, prop func(*rapid.T)) {
	t.Helper()
	seed()
	rapid.Check(t, prop)
}

// seed sets the seed, once, because tests run beside each other.
var seed = sync.OnceFunc(func() {
	named := false
	flag.Visit(func(f *flag.Flag) { named = named || f.Name == seedFlag })
	if named {
		return
	}
	if err := flag.Set(seedFlag, "1"); err != nil {
		panic(err) // rapid has no such flag any more
	}
})
