// Elements of the page. Text becomes text, whatever is in it.

export function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  Object.entries(attributes).forEach(([attribute, value]) => element.setAttribute(attribute, value));
  element.append(...children);
  return element;
}

export const number = text => ({number: text});

/** A table, whose rows stand as blocks of labelled lines where it is narrow; a sentence without rows. */
export function table(caption, headings, rows, empty) {
  if (rows.length === 0) {
    return [make('p', {class: 'quiet'}, empty)];
  }
  return [make('table', {class: 'list', role: 'table'},
    make('caption', {}, caption),
    make('thead', {role: 'rowgroup'}, make('tr', {role: 'row'},
      ...headings.map((each, i) => make('th', {
        scope: 'col', role: 'columnheader', ...(rows[0][i]?.number === undefined ? {} : {class: 'number'}),
      }, each)))),
    make('tbody', {role: 'rowgroup'}, ...rows.map(row => make('tr', {role: 'row'},
      ...row.map((each, i) => make('td', {
        role: 'cell', 'data-heading': headings[i], ...(each.number === undefined ? {} : {class: 'number'}),
      }, each.number ?? each))))))];
}

/** Only what has changed is exchanged: what has the focus keeps it, and nothing is read out again. */
export function put(parent, children) {
  const next = make('div', {}, ...children);
  const same = parent.childNodes.length === next.childNodes.length
    && [...parent.childNodes].every((child, i) => child.isEqualNode(next.childNodes[i]));
  if (!same) {
    const region = parent.querySelector('.scroll');
    const focused = region !== null && region === document.activeElement;
    const left = region?.scrollLeft ?? 0;
    parent.replaceChildren(...next.childNodes);
    const again = parent.querySelector('.scroll');
    if (again) {
      again.scrollLeft = left;
      if (focused) {
        again.focus({preventScroll: true});
      }
    }
  }
}

export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}
