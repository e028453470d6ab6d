package term

import (
	"slices"

	"golang.org/x/term"
)

// The size of a terminal that does not tell it.
const (
	usualWidth  = 80
	usualHeight = 24
)

// measure reads the size of the window. The caller holds c.mu.
func (c *Console) measure() {
	w, h, err := term.GetSize(int(c.out.Fd()))
	if err != nil || w <= 0 || h <= 0 {
		w, h = usualWidth, usualHeight
	}
	c.width, c.height = w, h
}

// resized draws everything again in the window's present size.
func (c *Console) resized() {
	c.mu.Lock()
	c.measure()
	c.mu.Unlock()
	c.redraw()
}

// redraw draws every row.
func (c *Console) redraw() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.screen.forget()
	c.draw()
}

// draw shows the scene. The caller holds c.mu.
func (c *Console) draw() {
	if !c.on || c.scene == nil {
		return
	}
	c.picture = c.scene.compose(c.width, c.height)
	if err := c.screen.draw(c.picture); err != nil {
		c.pump.hangUp()
	}
}

// refresh draws again what has changed by itself, unless another prompt has
// begun.
func (c *Console) refresh(s *scene) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.scene == s {
		c.draw()
	}
}

// begin makes s the scene, which appears with the prompt's first frame. A
// card that goes on where the last one ended keeps its place, but for an answer
// below a rule, which must be seen.
func (c *Console) begin(s *scene) {
	c.mu.Lock()
	defer c.mu.Unlock()
	s.notice, s.words = c.notice, c.words
	c.notice = ""
	if last := c.scene; last != nil {
		n := len(last.view.Body)
		if len(s.view.Body) >= n && slices.Equal(s.view.Body[:n], last.view.Body) {
			s.scroll, s.reveal = last.scroll, last.reveal
			if len(s.view.Body) > n && n > 0 && s.view.Body[n].Kind == Rule {
				s.reveal = n
			}
		}
	}
	c.scene = s
}

// show draws what promptui has written, unless another prompt has begun.
func (c *Console) show(s *scene, rows []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.scene == s {
		s.panel = parsePanel(rows)
		c.draw()
	}
}

// scroll moves the body by pages and rows; false when all of it is visible.
func (c *Console) scroll(pages, rows int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.picture.maxScroll == 0 {
		return false
	}
	c.scene.reveal = 0
	c.scene.scroll += pages*c.picture.page + rows
	c.draw()
	return true
}
