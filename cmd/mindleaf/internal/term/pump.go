package term

import (
	"errors"
	"os"
	"sync"
	"time"
)

// errWoken is what a source returns after wake.
var errWoken = errors.New("woken")

// maxPending is how many keys typed ahead are kept.
const maxPending = 1 << 16

// stuckAfter is how many unread Ctrl-C mean that nobody listens.
const stuckAfter = 3

// pump is the only reader of the terminal for the life of a console. Keys
// wait in it until a prompt takes them, so that what is typed between prompts
// reaches the prompt it was meant for.
type pump struct {
	mu     sync.Mutex
	change *sync.Cond
	queue  []key
	urgent []key  // come before the queue
	stop   bool   // every prompt ends with keyInterrupt, at once
	gone   bool   // every prompt ends with keyEOF, once the queue is empty
	stuck  func() // called when Ctrl-C is not read
	guard  func() // deferred by run
	source source
	pauses chan pause
	ended  chan struct{}
}

// source is where the bytes come from. read returns no bytes and no error
// when the time is up (0 is never) or after wake.
type source interface {
	read(wait time.Duration) ([]byte, error)
	wake()
	close() error
}

// pause asks the reading goroutine to stand still until resume is closed.
type pause struct{ standing, resume chan struct{} }

func newPump(s source) *pump {
	p := &pump{source: s, pauses: make(chan pause), ended: make(chan struct{})}
	p.change = sync.NewCond(&p.mu)
	return p
}

// run reads keys until the terminal is gone or the source closed.
func (p *pump) run() {
	defer p.guard()
	defer close(p.ended)
	defer p.hangUp()
	var d decoder
	for {
		b, err := p.source.read(d.patience())
		switch {
		case errors.Is(err, errWoken):
			p.stand()
			continue
		case errors.Is(err, os.ErrDeadlineExceeded):
			p.push(d.flush()...)
		case err != nil:
			p.push(d.flush()...)
			return
		}
		p.push(d.feed(b)...)
	}
}

// stand waits as long as somebody wants the terminal for himself.
func (p *pump) stand() {
	select {
	case s := <-p.pauses:
		close(s.standing)
		<-s.resume
	case <-time.After(time.Second): // nobody came: a wake for nothing
	}
}

// hold stops reading until the returned function is called.
func (p *pump) hold() (release func()) {
	s := pause{make(chan struct{}), make(chan struct{})}
	p.source.wake()
	select {
	case p.pauses <- s:
		<-s.standing
	case <-p.ended:
	}
	return sync.OnceFunc(func() { close(s.resume) })
}

// push appends keys to those waiting.
func (p *pump) push(keys ...key) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, k := range keys {
		if len(p.queue) == maxPending {
			break
		}
		p.queue = append(p.queue, k)
		if k.ctrl("c") && p.pendingInterrupts() >= stuckAfter && p.stuck != nil {
			go p.stuck()
		}
	}
	p.change.Broadcast()
}

func (p *pump) pendingInterrupts() int {
	n := 0
	for _, k := range p.queue {
		if k.ctrl("c") {
			n++
		}
	}
	return n
}

// pushFirst lets k overtake the keys waiting.
func (p *pump) pushFirst(k key) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.urgent = append(p.urgent, k)
	p.change.Broadcast()
}

// interrupt ends this prompt and all later ones.
func (p *pump) interrupt() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stop = true
	p.change.Broadcast()
}

// hangUp says that no more keys will come.
func (p *pump) hangUp() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.gone = true
	p.change.Broadcast()
}

// cutOff is hangUp without the keys that wait: the learner is gone.
func (p *pump) cutOff() {
	p.mu.Lock()
	p.queue = nil
	p.mu.Unlock()
	p.hangUp()
}

func (p *pump) isGone() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.gone
}

// drop forgets the keys typed so far, but not a Ctrl-C.
func (p *pump) drop() {
	release := p.hold()
	defer release()
	for {
		b, err := p.source.read(time.Nanosecond)
		if err != nil || len(b) == 0 {
			break
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	interrupted := p.pendingInterrupts() > 0
	p.queue = nil
	if interrupted {
		p.queue = []key{{code: keyCtrl, text: "c"}}
	}
}

// next waits for a key for f; false when f was closed meanwhile. A closed
// feed never takes a key away from the next prompt.
func (p *pump) next(f *feed) (key, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for {
		switch {
		case f.closed:
			return key{}, false
		case p.stop:
			return key{code: keyInterrupt}, true
		case len(p.urgent) > 0:
			k := p.urgent[0]
			p.urgent = p.urgent[1:]
			return k, true
		case len(p.queue) > 0:
			k := p.queue[0]
			p.queue = p.queue[1:]
			return k, true
		case p.gone:
			return key{code: keyEOF}, true
		}
		p.change.Wait()
	}
}

// forget closes f.
func (p *pump) forget(f *feed) {
	p.mu.Lock()
	defer p.mu.Unlock()
	f.closed = true
	p.change.Broadcast()
}
