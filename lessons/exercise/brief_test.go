//go:build !slow

package exercise

// thorough is for go test -tags slow: elsewhere no program trains to the end.
const thorough = false
