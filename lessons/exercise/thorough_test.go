//go:build slow

package exercise

// thorough trains with every program of 2.1-train, each for seconds.
const thorough = true
