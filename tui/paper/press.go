package paper

import (
	"errors"
	"image"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
)

// A Press sets documents on pages. It keeps the letters it has drawn.
type Press struct {
	mu     sync.Mutex
	buffer sfnt.Buffer
	faces  map[faceKey]font.Face
	shapes map[letter]shape
}

// NewPress has drawn no letter yet.
func NewPress() *Press {
	return &Press{faces: map[faceKey]font.Face{}, shapes: map[letter]shape{}}
}

// ErrNoRoom says that a document does not fit on its paper, however small: a code would be cut.
var ErrNoRoom = errors.New("no room on the paper")

// How a page is set, in millimetres and points.
const (
	margin   = 3
	gap      = 2   // between cells
	smallest = 5.0 // letters, in points
	barsHigh = 12
	barsLeft = 6 // where there is little room
	module   = 0.25
	widest   = 0.6 // a module of bars
	square   = 1.6 // a module of squares
)

// shrinks are how small letters and bars may become until a document has room, in per cent.
func shrinks() []int { return []int{100, 90, 80, 70, 60, 50, 40} }

// linesOf are to how many lines a text is cut where there is no room for more.
func linesOf() []int { return []int{1000, 8, 4, 3, 2, 1} }

// Pages sets a document at so many dots in an inch.
func (p *Press) Pages(d Doc, dpi int) (out []*Page, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !d.One {
		return p.flow(d, dpi)
	}
	for _, most := range linesOf() {
		for _, shrink := range shrinks() {
			if most < linesOf()[0] && shrink > 60 {
				continue
			}
			s := setting{p: p, page: newPage(d.Media, dpi), shrink: shrink, most: most}
			s.y = s.mm(margin)
			err := s.rows(append(d.Head, d.Rows...))
			if err == nil {
				return []*Page{s.page}, s.draw()
			}
			if !errors.Is(err, ErrNoRoom) {
				return nil, err
			}
		}
	}
	return nil, ErrNoRoom
}

// All sets documents behind one another.
func (p *Press) All(docs []Doc, dpi int) (out []*Page, err error) {
	for _, d := range docs {
		pages, err := p.Pages(d, dpi)
		if err != nil {
			return nil, err
		}
		out = append(out, pages...)
	}
	return out, nil
}

// flow sets a document on as many pages as it takes, with its head and a number on each.
func (p *Press) flow(d Doc, dpi int) (out []*Page, err error) {
	var all []*setting
	for i := 0; i < len(d.Rows) || all == nil; {
		s := &setting{p: p, page: newPage(d.Media, dpi), shrink: 100, most: 12}
		s.y, s.foot = s.mm(margin), s.mm(margin+3)
		if err := s.rows(d.Head); err != nil {
			return nil, err
		}
		all = append(all, s)
		for first := i; i < len(d.Rows); {
			upto := together(d.Rows, i)
			before, parts := *s, len(s.page.Parts)
			if err = s.rows(d.Rows[i:upto]); errors.Is(err, ErrNoRoom) && i > first {
				s.y, s.todo, s.page.Parts = before.y, before.todo, s.page.Parts[:parts]
				break
			}
			if err != nil {
				return nil, err
			}
			i = upto
		}
	}
	for i, s := range all {
		s.number(i+1, len(all))
		if err := s.draw(); err != nil {
			return nil, err
		}
		out = append(out, s.page)
	}
	return out, nil
}

// together is behind the last row that is to be on one page with the i-th.
func together(rows []Row, i int) int {
	for i < len(rows)-1 && rows[i].Next {
		i++
	}
	return i + 1
}

// A setting is a page that is being set.
type setting struct {
	p            *Press
	page         *Page
	shrink, most int
	y, foot      int
	todo         []func() error
}

func (s *setting) mm(n float64) int { return int(n * float64(s.page.DPI) / 25.4) }

// size is letters of so many points in dots, shrunk as the page is.
func (s *setting) size(points float64) int {
	if points == 0 {
		points = Body
	}
	points = max(smallest, points*float64(s.shrink)/100)
	return int(points*float64(s.page.DPI)/72 + 0.5)
}

func (s *setting) draw() error {
	for _, do := range s.todo {
		if err := do(); err != nil {
			return err
		}
	}
	return nil
}

// number puts the page's number at its foot, where there are several.
func (s *setting) number(n, of int) {
	if of == 1 {
		return
	}
	c := text(strconv.Itoa(n) + "/" + strconv.Itoa(of)).at(8).right()
	at := image.Rect(s.mm(margin), s.page.Size.Y-s.mm(margin+3), s.page.Size.X-s.mm(margin),
		s.page.Size.Y-s.mm(1))
	s.shrink = 100
	if set, err := s.cell(c, at.Dx()); err == nil {
		set.place(at.Min)
	}
}

// rows sets rows below one another.
func (s *setting) rows(rows []Row) error {
	for _, r := range rows {
		if err := s.row(r); err != nil {
			return err
		}
	}
	return nil
}

// A cellSet is a cell that has its size, and can be placed.
type cellSet struct {
	high  int
	place func(at image.Point)
}

func (s *setting) row(r Row) error {
	left, right := s.mm(margin), s.page.Size.X-s.mm(margin)
	if wide, err := s.bars(r.Cells); err != nil {
		return err
	} else if wide > right-left && wide <= s.page.Size.X {
		left, right = 0, s.page.Size.X // what is white around bars is margin enough
	}
	apart, parts := s.mm(gap), 0
	if r.Close {
		apart = 0
	}
	room := right - left - apart*(len(r.Cells)-1)
	for _, c := range r.Cells {
		parts += max(1, c.Share)
	}
	high := 0
	var sets []cellSet
	var at []int
	x := left
	for _, c := range r.Cells {
		w := room * max(1, c.Share) / parts
		set, err := s.cell(c, w)
		if err != nil {
			return err
		}
		sets, at, high = append(sets, set), append(at, x), max(high, set.high)
		x += w + apart
	}
	bottom := s.y + high
	if bottom > s.page.Size.Y-max(s.foot, s.mm(margin)) {
		return ErrNoRoom
	}
	for i, set := range sets {
		set.place(image.Pt(at[i], s.y))
	}
	if s.y = bottom + s.mm(1); r.Rule {
		y, line := s.y, max(1, s.mm(0.2))
		s.todo = append(s.todo, func() error {
			s.page.box(image.Rect(left, y, right, y+line))
			return nil
		})
		s.y += line + s.mm(1)
	}
	return nil
}

func (s *setting) cell(c Cell, w int) (cellSet, error) {
	if c.Code != nil {
		return s.code(*c.Code, w)
	}
	said := clean(c.Text)
	if said == "" {
		room := 0
		if c.Points > 0 { // to be written into by hand
			room = lineHigh(s.size(c.Points))
		}
		return cellSet{room, func(image.Point) {}}, nil
	}
	size := s.size(c.Points)
	if c.Fit {
		least := s.size(0.1)
		for size > least {
			n, err := s.p.width(said, size, c.Bold)
			if err != nil {
				return cellSet{}, err
			}
			if n <= w {
				break
			}
			size = max(least, min(size-1, size*w/n))
		}
	}
	lines, err := s.p.wrap(said, size, c.Bold, w, s.most)
	if err != nil {
		return cellSet{}, err
	}
	high := lineHigh(size)
	return cellSet{high * len(lines), func(at image.Point) {
		s.page.Parts = append(s.page.Parts, Part{Text: strings.Join(lines, "\n"),
			Rectangle: image.Rect(at.X, at.Y, at.X+w, at.Y+high*len(lines))})
		s.todo = append(s.todo, func() error {
			return s.lines(lines, at, w, size, c)
		})
	}}, nil
}

// lineHigh is how high a line of letters is, which reach above and below.
func lineHigh(size int) int { return size * 6 / 5 }

func (s *setting) lines(lines []string, at image.Point, w, size int, c Cell) error {
	for i, line := range lines {
		x := at.X
		if c.Right {
			n, err := s.p.width(line, size, c.Bold)
			if err != nil {
				return err
			}
			x += max(0, w-n)
		}
		base := at.Y + lineHigh(size)*i + size*19/20
		for _, r := range line {
			letter, err := s.p.shape(letter{r, size, c.Bold})
			if err != nil {
				return err
			}
			for _, d := range letter.spans {
				s.page.line(base+int(d.y), x+int(d.x0), x+int(d.x1))
			}
			x += letter.advance
		}
	}
	return nil
}

// bars is how wide bars that have a row to themselves are at least; 0 for any other row.
func (s *setting) bars(cells []Cell) (int, error) {
	if len(cells) != 1 || cells[0].Code == nil || !cells[0].Code.linear() {
		return 0, nil
	}
	c := cells[0].Code
	modules, err := c.modules()
	if err != nil {
		return 0, err
	}
	return (len(modules[0]) + 2*c.quiet()) * s.least(), nil
}

// least is how few dots a module of bars may have.
func (s *setting) least() int { return int(module*float64(s.page.DPI)/25.4 + 0.5) }

// code sets a code with what it says below; in squares where bars have no room.
func (s *setting) code(c Code, w int) (cellSet, error) {
	modules, err := c.modules()
	if err != nil {
		return cellSet{}, err
	}
	dpi := float64(s.page.DPI)
	most, least := int(widest*dpi/25.4), s.least()
	wide := len(modules[0]) + 2*c.quiet()
	dot := min(most, w/wide)
	if !c.linear() {
		dot = min(int(square*float64(s.shrink)/100*dpi/25.4), w/wide)
		least = int(0.375*dpi/25.4 + 0.5)
	}
	if dot < least {
		if c.linear() {
			return s.code(c.dense(), w)
		}
		return cellSet{}, ErrNoRoom
	}
	rows, high := len(modules), dot
	around := c.quiet() * dot // above and below, too
	if c.linear() {
		mm := barsHigh
		if c.High > 0 {
			mm = c.High
		}
		high, around = s.mm(max(barsLeft, float64(mm*s.shrink)/100)), 0
	}
	size := image.Pt(wide*dot, high*rows+2*around)
	below, err := s.cell(Cell{Text: c.Said, Points: 9, Fit: true}, w)
	if err != nil {
		return cellSet{}, err
	}
	return cellSet{size.Y + below.high, func(at image.Point) {
		s.page.Parts = append(s.page.Parts, Part{Code: &c, Dots: dot,
			Rectangle: image.Rectangle{at, at.Add(size)}})
		s.todo = append(s.todo, func() error {
			s.page.pattern(at.Add(image.Pt(c.quiet()*dot, around)), modules, dot, high)
			return nil
		})
		below.place(at.Add(image.Pt(0, size.Y)))
	}}, nil
}

// width is how wide a text is, in dots.
func (p *Press) width(text string, size int, bold bool) (n int, err error) {
	for _, r := range text {
		s, err := p.shape(letter{r, size, bold})
		if err != nil {
			return 0, err
		}
		n += s.advance
	}
	return n, nil
}

// wrap breaks a text into lines, at most so many: what is behind the last is cut, and says so.
func (p *Press) wrap(text string, size int, bold bool, w, most int) (lines []string, err error) {
	line, wide := "", 0
	for _, word := range words(text) {
		n, err := p.width(word, size, bold)
		if err != nil {
			return nil, err
		}
		if wide+n > w && line != "" {
			lines, line, wide = append(lines, strings.TrimSpace(line)), "", 0
			word = strings.TrimLeft(word, " ")
		}
		for _, r := range word {
			s, err := p.shape(letter{r, size, bold})
			if err != nil {
				return nil, err
			}
			if wide+s.advance > w && strings.TrimSpace(line) != "" && r != ' ' {
				lines, line, wide = append(lines, strings.TrimSpace(line)), "", 0
			}
			line, wide = line+string(r), wide+s.advance
		}
	}
	lines = append(lines, strings.TrimSpace(line))
	if len(lines) > most {
		lines = lines[:most]
		last := []rune(lines[most-1])
		lines[most-1] = string(last[:max(0, len(last)-2)]) + ".."
	}
	return lines, nil
}

// words are what a line breaks between: words with the blanks before them, and each Chinese
// character with the closing marks behind it.
func words(text string) (out []string) {
	const closing, firstHan = "，。、；：？！）》」』”’,.;:?!)", 0x2e80
	var last rune
	for _, r := range text {
		apart := last >= firstHan || r >= firstHan || r == ' ' && last != ' '
		if len(out) == 0 || apart && !strings.ContainsRune(closing, r) {
			out = append(out, "")
		}
		out[len(out)-1] += string(r)
		last = r
	}
	return out
}
