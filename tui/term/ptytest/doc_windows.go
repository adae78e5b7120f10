// Package ptytest needs a Unix terminal; here it is empty.
package ptytest
