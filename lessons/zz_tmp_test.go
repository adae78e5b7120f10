package lessons
import ("testing";"math/rand/v2";"math";"strconv";"strings";"fmt")
func TestTmp(t *testing.T){
 n:=func(s string)float64{v,err:=strconv.ParseFloat(strings.Replace(s,"−","-",1),64); if err!=nil{t.Fatal(err)}; return v}
 h:=map[float64]int{}
 for s:=range uint64(2000){ r:=rand.New(rand.NewPCG(s,2))
  p:=triesRejected(r); h[p.Truth]++; if n(p.Holes["nfe"])!=2+6*n(p.Holes["tries"]){t.Fatal(p)}
  p=dpmStep(r); if d:=n(p.Holes["keep"])*n(p.Holes["z"])+n(p.Holes["weight"])*n(p.Holes["x"])-p.Truth; math.Abs(d)>2e-3{t.Fatal(p,d)}
  p=twoPredictions(r); if d:=1.5*n(p.Holes["now"])-.5*n(p.Holes["before"])-p.Truth; math.Abs(d)>1e-9{t.Fatal(p,d)}
  p=lambdaStep(r); if math.Abs(math.Log(n(p.Holes["ratio"]))-p.Truth)>1e-3{t.Fatal(p)}
  p=stepForTolerance(r); if math.Abs(n(p.Holes["h"])/n(p.Holes["root"])-p.Truth)>1e-9{t.Fatal(p)}
  if s<3{fmt.Println(p)}
 }
 fmt.Println(h)
}
