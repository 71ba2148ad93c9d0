// Sorts the longer tables of a report, by mouse and by keyboard. Without it the tables stand in the order of the report.
'use strict';

(() => {
  const words = document.currentScript.dataset;
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

  const status = document.createElement('p');
  status.className = 'unseen';
  status.setAttribute('role', 'status');
  document.querySelector('main').append(status);

  const cell = (row, index) => row.cells[index];
  const value = (row, index) => Number(cell(row, index).dataset.value ?? cell(row, index).textContent);

  // Words that stand in the place of a number come last, whichever way the numbers go.
  const byNumber = (index, sign) => (one, other) => {
    const [a, b] = [value(one, index), value(other, index)];
    return Number.isNaN(a) || Number.isNaN(b) ? Number.isNaN(a) - Number.isNaN(b) : sign * (a - b);
  };

  const byText = (index, sign) => (one, other) =>
    sign * collator.compare(cell(one, index).textContent.trim(), cell(other, index).textContent.trim());

  const makeSortable = (table) => {
    const body = table.tBodies[0];
    const original = [...body.rows];
    const rows = original.filter((row) => !row.classList.contains('total'));
    const totals = original.filter((row) => row.classList.contains('total'));
    const headers = [...table.tHead.rows[0].cells];

    headers.forEach((header, index) => {
      const numeric = header.classList.contains('num');
      if (numeric && rows.every((row) => Number.isNaN(value(row, index)))) return;

      const name = header.textContent.trim();
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...header.childNodes);
      header.append(button);

      // What a reader looks for first comes first: the largest number, the first name; a third press puts it back.
      const directions = numeric ? ['descending', 'ascending', null] : ['ascending', 'descending', null];
      button.addEventListener('click', () => {
        const current = header.getAttribute('aria-sort');
        const next = directions[(directions.indexOf(current) + 1) % directions.length];
        headers.forEach((other) => other.removeAttribute('aria-sort'));
        if (next === null) {
          body.append(...original);
          status.textContent = words.none;
          return;
        }
        const sign = next === 'ascending' ? 1 : -1;
        body.append(...[...rows].sort((numeric ? byNumber : byText)(index, sign)), ...totals);
        header.setAttribute('aria-sort', next);
        status.textContent = (sign > 0 ? words.up : words.down).replace('{column}', name);
      });
    });
  };

  document.querySelectorAll('table.sortable').forEach(makeSortable);
})();
