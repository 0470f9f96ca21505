// A link made before long documents were divided names a paragraph and no page: it is led to the page that has it.
// Without scripts it opens the first page, as any link to the document does.
const named = /^#(p([0-9]+))(-[0-9]+)?$/.exec(location.hash);

if (named && !document.getElementById(location.hash.slice(1))) {
  const page = Math.ceil(named[2] / document.currentScript.dataset.aPage);
  const asked = new URL(location);
  if (page === 1 || asked.searchParams.has("page")) asked.hash = named[1];
  else asked.searchParams.set("page", page);
  if (asked.href !== location.href) location.replace(asked);
}
