// Searches the site from its front page, with the indexes that Pagefind made. It needs a web server: opened as a file, the
// page says so and this script does nothing.
'use strict';

(() => {
  if (!location.protocol.startsWith('http')) return;

  const words = document.currentScript.dataset;
  const index = new URL('../search/', document.currentScript.src);
  const kinds = JSON.parse(words.kinds);
  const [box, offline, query, kind, status, results, more] = [
    'search-box', 'search-offline', 'query', 'kind', 'search-status', 'results', 'more',
  ].map((id) => document.getElementById(id));
  const SHOWN = 10;
  let pagefind;
  let found = [];
  let latest = 0;

  // Loaded when somebody searches, not with the page: the index of the reports, and that of the documents with it.
  const merged = async () => {
    const loaded = await import(`${index}pagefind.js`);
    await loaded.mergeIndex(`${index}documents/`);
    return loaded;
  };
  const load = () => (pagefind ??= merged().catch((error) => {
    pagefind = undefined;
    throw error;
  }));

  // The words around a match, as text alone but for its marks: nothing else in them becomes markup. The title, which
  // stands above them, is not said twice.
  const excerpt = (found, title) => {
    // Pagefind puts a full stop between a heading and its text.
    const markup = found.replace(/^[\s.]+/, '');
    const parsed = new DOMParser().parseFromString(markup, 'text/html').body;
    let rest = parsed.textContent.startsWith(title) ? title.length : 0;
    return [...parsed.childNodes].map((node) => {
      const text = node.textContent.slice(rest);
      rest = Math.max(0, rest - node.textContent.length);
      if (node.nodeName !== 'MARK' || !text) return text;
      const mark = document.createElement('mark');
      mark.textContent = text;
      return mark;
    });
  };

  const element = (name, ...children) => {
    const made = document.createElement(name);
    made.append(...children);
    return made;
  };

  const entry = ({ meta, excerpt: markup }) => {
    const link = element('a', meta.title);
    link.href = words.root + meta.address;
    const where = element('p', kinds[meta.kind]);
    where.className = 'note';
    if (meta.place !== meta.title) where.append(' · ', meta.place);
    const text = element('p', ...excerpt(markup, meta.title));
    link.lang = text.lang = meta.lang;
    return element('li', element('h3', link), where, text);
  };

  const show = async () => {
    const asked = latest;
    const first = results.children.length;
    const entries = await Promise.all(found.slice(first, first + SHOWN).map((result) => result.data()));
    if (asked !== latest) return;
    results.append(...entries.map(entry));
    more.hidden = results.children.length >= found.length;
    return results.children[first];
  };

  const isKind = (chosen) => async (result) => (await result.data()).meta.kind === chosen;

  const say = (words_, count) => {
    status.textContent = words_.replace('{query}', query.value.trim()).replace('{count}', count);
  };

  const search = async () => {
    const asked = ++latest;
    const text = query.value.trim();
    const address = new URL(location.href);
    if (text) address.searchParams.set('q', text); else address.searchParams.delete('q');
    history.replaceState(null, '', address);
    found = [];
    more.hidden = true;
    results.replaceChildren();
    if (text.length < 2) {
      say(text ? words.hint : '');
      return;
    }
    try {
      const { search } = await load();
      const matches = (await search(text)).results;
      const wanted = kind.value ? await Promise.all(matches.map(isKind(kind.value))) : matches;
      if (asked !== latest) return;
      found = matches.filter((_, index) => wanted[index]);
      say(found.length === 0 ? words.none : found.length === 1 ? words.one : words.many, found.length);
      await show();
    } catch {
      if (asked === latest) say(words.failed);
    }
  };

  let waiting;
  query.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 200);
  });
  kind.addEventListener('change', search);
  more.addEventListener('click', async () => {
    // On to the first of the new results, so that a keyboard does not lose its place.
    (await show())?.querySelector('a').focus();
  });

  offline.hidden = true;
  box.hidden = false;
  query.value = new URLSearchParams(location.search).get('q') ?? '';
  if (query.value) search();
})();
