// The desk with less waiting: saves in place, moves stories by drag and by keys. Without it every button is a plain submit.
const page = () => document.querySelector('main');

document.addEventListener('submit', (event) => {
  const form = event.target.closest('#desk');
  if (!form) return;
  event.preventDefault();
  void save(form, event.submitter);
});

/** Alt and an arrow move the story that has the focus. */
document.addEventListener('keydown', (event) => {
  const move = { ArrowUp: 'up', ArrowDown: 'down' }[event.key];
  const story = event.target.closest?.('.desk-story');
  if (!event.altKey || !move || !story) return;
  const button = story.querySelector(`[data-move=${move}]:not(:disabled)`);
  if (!button) return;
  event.preventDefault();
  button.click();
});

async function save(form, button) {
  const focus = {
    article: button?.closest('.desk-story')?.dataset.article,
    move: button?.dataset.move,
    scroll: scrollY,
  };
  form.setAttribute('aria-busy', 'true');
  try {
    const response = await fetch(form.action, {
      method: 'POST',
      body: new URLSearchParams(new FormData(form, button?.isConnected ? button : undefined)),
      headers: { accept: 'text/html' },
    });
    if (response.redirected) {
      form.dataset.saved = 'yes';
      return void location.assign(response.url);
    }
    show(await response.text(), focus);
  } catch {
    form.dataset.saved = 'yes';
    form.submit(); // the browser tells what is wrong with the line
  }
}

function show(html, { article, move, scroll }) {
  const fresh = new DOMParser().parseFromString(html, 'text/html').querySelector('main');
  page().replaceWith(fresh);
  scrollTo(0, scroll);
  const story = article && document.getElementById(`story-${article}`);
  const focus =
    story &&
    (story.querySelector(`[data-move=${move ?? 'up'}]:not(:disabled)`) ??
      story.querySelector('.desk-moves button:not(:disabled)'));
  (focus ?? page()).focus({ preventScroll: !focus });
  makeSortable();
}

/** Stories of the edition can be dragged to another place. */
function makeSortable() {
  const list = document.querySelector('[data-sortable]');
  if (!list) return;
  let dragged = null;
  for (const story of list.children) {
    const handle = story.querySelector('.desk-place');
    handle.draggable = true;
    handle.addEventListener('dragstart', (event) => {
      dragged = story;
      story.classList.add('dragged');
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setDragImage(story, 12, 12);
    });
    handle.addEventListener('dragend', () => story.classList.remove('dragged'));
  }
  list.addEventListener('dragover', (event) => {
    const over = event.target.closest('.desk-story');
    if (!dragged || !over) return;
    event.preventDefault();
    if (over === dragged) return;
    const { top, height } = over.getBoundingClientRect();
    if (event.clientY < top + height / 2) over.before(dragged);
    else over.after(dragged);
  });
  list.addEventListener('drop', (event) => {
    event.preventDefault();
    if (!dragged) return;
    const press = document.createElement('button');
    Object.assign(press, { type: 'submit', name: 'do', hidden: true });
    press.value = `to:${dragged.dataset.article}:${[...list.children].indexOf(dragged)}`;
    document.getElementById('desk').append(press);
    press.click();
    dragged = null;
  });
}

makeSortable();
