// Warns before a page is left on which something was typed and not sent. Without it nothing is different but for that.
let sent = false;

// On the window, so that scripts of the page have had their say: a form that is saved in place does not leave the page.
addEventListener('submit', (event) => {
  if (!event.defaultPrevented && event.target.matches('[data-keep]')) sent = true;
});

addEventListener('beforeunload', (event) => {
  if (sent || ![...document.querySelectorAll('form[data-keep]')].some(isUnsaved)) return;
  event.preventDefault();
});

/** A page that comes back from the browser's memory has not been sent. */
addEventListener('pageshow', () => {
  sent = false;
});

const isUnsaved = (form) =>
  form.dataset.saved !== 'yes' && (form.dataset.unsaved === 'yes' || [...form.elements].some(isChanged));

function isChanged(field) {
  if (field.type === 'hidden') return false;
  if (field.type === 'checkbox' || field.type === 'radio') return field.checked !== field.defaultChecked;
  if (field.options) return isChosenAnew([...field.options]);
  return field.defaultValue !== undefined && field.value !== field.defaultValue;
}

/** Of a select without a choice of its own the browser shows the first option. */
function isChosenAnew(options) {
  const shown = options.find((option) => option.defaultSelected) ?? options[0];
  return shown !== undefined && !shown.selected;
}
