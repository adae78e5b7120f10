package progress

import "time"

// stamp orders events by when they happened, whatever log they came by. The id
// decides between events of one moment.
type stamp struct {
	at time.Time
	id string
}

func stampOf(e Event) stamp { return stamp{e.Time, e.ID} }

func (t stamp) before(o stamp) bool {
	if t.at.Equal(o.at) {
		return t.id < o.id
	}
	return t.at.Before(o.at)
}

// key names what events of a kind and a ref are about.
func (s *State) key(e Event) string { return string(e.Kind) + " " + e.Ref }

// first says whether nothing earlier stands where the event would.
func (s *State) first(e Event) bool {
	stands, known := s.stands[s.key(e)]
	return !known || stampOf(e).before(stands)
}

// last says whether nothing later stands under a key, and if so lets the event
// stand there.
func (s *State) last(e Event, key string) bool {
	stands, known := s.stands[key]
	if known && stampOf(e).before(stands) {
		return false
	}
	s.stands[key] = stampOf(e)
	return true
}
