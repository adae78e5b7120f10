//go:build !unix

package main

func childLimits() {}
