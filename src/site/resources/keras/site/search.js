"use strict";

const index = lunr(function () {
  this.ref("id");
  this.field("heading", { boost: 5 });
  this.field("page", { boost: 2 });
  this.field("text");
  SECTIONS.forEach((section, id) => this.add({ id, ...section }));
});

const found = document.getElementById("found");

// A word counts from its beginning, so that results come while it is typed.
function search(words) {
  return index.query((query) => {
    for (const word of lunr.tokenizer(words)) {
      query.term(word, { boost: 10, usePipeline: true });
      query.term(word, { wildcard: lunr.Query.wildcard.TRAILING, usePipeline: false });
    }
  });
}

document.getElementById("search").addEventListener("input", (event) => {
  const words = event.target.value.trim().toLowerCase();
  const results = words ? search(words).slice(0, 10) : [];
  found.replaceChildren(
    ...results.map(({ ref }) => {
      const { place, page, heading } = SECTIONS[ref];
      const link = document.createElement("a");
      link.href = place;
      link.textContent = heading === page ? page : `${heading} – ${page}`;
      const item = document.createElement("li");
      item.append(link);
      return item;
    })
  );
});

// On a narrow page, the list of pages would come before the text.
const narrow = matchMedia("(max-width: 60rem)");
const fold = () => (document.querySelector("nav details").open = !narrow.matches);
narrow.addEventListener("change", fold);
fold();
