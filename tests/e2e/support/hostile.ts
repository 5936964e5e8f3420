/** Text that tries to run a script in the browser of whoever reads it. */

/** What a vector runs: it leaves a mark on the page that shows it, whichever frame it runs in. */
const MARK = 'top.ran=(top.ran||0)+1';

/** A vector for each way in: elements, attributes, addresses, foreign content, broken markup. */
export const VECTORS: readonly string[] = [
  `<script>${MARK}</script>`,
  `<SCRIPT SRC=data:text/javascript,${MARK}></SCRIPT>`,
  `<script type=module>${MARK}</script>`,
  `<scr<script>ipt>${MARK}</scr</script>ipt>`,
  `<img src=x onerror=${MARK}>`,
  `<img src=x onerror="${MARK}" alt='`,
  `<IMG SRC=x OnErRoR=${MARK}//`,
  `<img/src=x/onerror=${MARK}>`,
  `<image href=x onerror=${MARK}>`,
  `<svg onload=${MARK}>`,
  `<svg><script>${MARK}</script></svg>`,
  `<svg><animate onbegin=${MARK} attributeName=x dur=1s>`,
  `<svg><foreignObject><img src=x onerror=${MARK}></foreignObject></svg>`,
  `<svg><use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><image href='x' onerror='${MARK}'/></svg>#x">`,
  `<math><mtext><table><mglyph><style><img src=x onerror=${MARK}></style></mglyph></table></mtext></math>`,
  `<math href="javascript:${MARK}">press</math>`,
  `<a href="javascript:${MARK}">press</a>`,
  `<a href="java&#x09;script:${MARK}">press</a>`,
  `<a href="&#106;avascript:${MARK}">press</a>`,
  `<a href=" javascript:${MARK}">press</a>`,
  `<a href="vbscript:${MARK}">press</a>`,
  `<a href="data:text/html,<script>${MARK}</script>">press</a>`,
  `[press](javascript:${MARK})`,
  `[press](<javascript:${MARK}>)`,
  `[press](JaVaScRiPt&colon;${MARK})`,
  `[press][hostile]\n\n[hostile]: javascript:${MARK}`,
  `<javascript:${MARK}>`,
  `![x](x"onerror="${MARK})`,
  `![x" onerror="${MARK}](x)`,
  `[x](x "\\"onmouseover=\\"${MARK}")`,
  `<iframe src="javascript:${MARK}"></iframe>`,
  `<iframe srcdoc="<script>${MARK}</script>"></iframe>`,
  `<embed src="data:text/html,<script>${MARK}</script>">`,
  `<object data="data:text/html,<script>${MARK}</script>"></object>`,
  `<form action="javascript:${MARK}"><button>press</button></form>`,
  `<button formaction="javascript:${MARK}">press</button>`,
  `<input autofocus onfocus=${MARK}>`,
  `<details open ontoggle=${MARK}>x</details>`,
  `<video src=x onerror=${MARK}></video>`,
  `<video><source onerror=${MARK}></video>`,
  `<audio src=x onerror=${MARK}></audio>`,
  `<body onload=${MARK}>`,
  `<style onload=${MARK}></style>`,
  `<link rel=stylesheet href="data:text/css,*{}" onload=${MARK}>`,
  `<meta http-equiv=refresh content="0;url=javascript:${MARK}">`,
  `<base href="javascript:${MARK}//">`,
  `<marquee onstart=${MARK}>x</marquee>`,
  `<div style="animation:x 1s" onanimationstart=${MARK}>x</div>`,
  `<p onclick=${MARK} onmouseover=${MARK}>press</p>`,
  `<noscript><p title="</noscript><img src=x onerror=${MARK}>">`,
  `<textarea></textarea><img src=x onerror=${MARK}>`,
  `<title></title><img src=x onerror=${MARK}>`,
  `<template><img src=x onerror=${MARK}></template>`,
  `<!--><img src=x onerror=${MARK}>-->`,
  `<![CDATA[><img src=x onerror=${MARK}>]]>`,
  `<x:script xmlns:x="http://www.w3.org/1999/xhtml">${MARK}</x:script>`,
  `<aside class="positive" onclick=${MARK}><img src=x onerror=${MARK}></aside>`,
  `> aside positive\n> <img src=x onerror=${MARK}>`,
  `Positive\n: <img src=x onerror=${MARK}>`,
  `| a | b |\n|---|---|\n| <img src=x onerror=${MARK}> | [p](javascript:${MARK}) |`,
  `$\\href{javascript:${MARK}}{x}$ $</math><img src=x onerror=${MARK}>$`,
  '```html {file="\'><img src=x onerror=' +
    MARK +
    '>"}\n</code></pre><img src=x onerror=' +
    MARK +
    '>\n```',
  '```"><img/src=x/onerror=' + MARK + '>\nx\n```',
  '```mermaid\nflowchart LR\n  A["<img src=x onerror=' +
    MARK +
    '>"] --> B\n  click A "javascript:' +
    MARK +
    '"\n```',
  '```mermaid\n%%{init: {"securityLevel": "loose", "htmlLabels": true}}%%\nflowchart LR\n  A["<script>' +
    MARK +
    '</script>"] --> B\n  click A call alert()\n```',
  '```quiz\n<img src=x onerror=' +
    MARK +
    '>\n- [ ] <svg onload=' +
    MARK +
    '>\n- [x] `</code><img src=x onerror=' +
    MARK +
    '>`\n> <img src=x onerror=' +
    MARK +
    '>\n```',
];

/** A codelab of these vectors, a step for every dozen. */
export function hostileCodelab(title: string): string {
  const steps: string[] = [];
  for (let from = 0; from < VECTORS.length; from += 12) {
    const part = VECTORS.slice(from, from + 12).join('\n\n');
    steps.push(`## Part ${String(steps.length + 1)}\nDuration: 1\n\n${part}\n`);
  }
  return `id: hostile\nauthors: Mallory\n\n# ${title}\n\n${steps.join('\n')}`;
}
