package progress

import (
	"slices"
	"time"
)

// Reply is an answer with its moment. What is remembered of an item is worked out
// from all of them (lessons.Deck), never stored.
type Reply struct {
	Answer
	At time.Time
	id string
}

// withReply puts a reply where it belongs by its moment. The slice before is left as
// it is: other states have it too.
func withReply(replies []Reply, r Reply) []Reply {
	at := len(replies)
	for at > 0 && (stamp{r.At, r.id}).before(stamp{replies[at-1].At, replies[at-1].id}) {
		at--
	}
	return slices.Insert(slices.Clip(replies), at, r)
}
