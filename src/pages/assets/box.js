/**
 * The sign-up box with JavaScript: time zone and language are guessed in the browser and shown, and on other people's
 * sites an element <daily-brief-signup list="SLUG"> becomes the box. It sets no cookie, keeps nothing, and asks nobody
 * but the site that serves it. Without it the box is complete all the same.
 */
(() => {
  const home = new URL('/', document.currentScript.src);

  /** @param {HTMLFormElement} form */
  function setUp(form) {
    const zone = form.elements.namedItem('timeZone');
    const language = form.elements.namedItem('locale');
    const { timeZone, locale } = Intl.DateTimeFormat().resolvedOptions();
    if (zone?.dataset.guess === 'yes') chooseZone(zone, timeZone);
    if (language?.dataset.guess === 'yes') choose(language, locale.split('-')[0]);
    form.addEventListener('change', () => showChoice(form));
    if (form.dataset.challenge) workBefore(form);
    showChoice(form);
  }

  /** Begins to work while the address is typed, and holds the form back until it is done. What fails costs no reader their sign-up. */
  function workBefore(form) {
    const field = form.elements.namedItem('proof');
    form.querySelector('[data-without-script]')?.remove();
    let work;
    // Written into the form as soon as it is done: a form that is being submitted ignores being submitted again.
    const begin = () =>
      (work ??= prove(form)
        .catch(() => 'none')
        .then((proof) => (field.value = proof)));
    form.addEventListener('focusin', begin);
    form.addEventListener('submit', async (event) => {
      if (field.value) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      form.setAttribute('aria-busy', 'true');
      await begin();
      form.removeAttribute('aria-busy');
      form.requestSubmit(event.submitter);
    });
  }

  async function prove({ dataset }) {
    const response = await fetch(new URL(dataset.challenge, home), { credentials: 'omit' });
    const { solve } = await import(new URL(dataset.solver, home));
    return solve(await response.json());
  }

  function choose(select, value) {
    const option = [...select.options].find((each) => each.value === value);
    if (option) option.selected = true;
    return option !== undefined;
  }

  /** Browsers call some zones by an older name (Asia/Calcutta), and know more of them than we list. */
  function chooseZone(select, guess) {
    if (!guess || choose(select, guess)) return;
    const own = (name) => new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
    const alias = [...select.options].find((option) => own(option.value) === guess);
    if (alias) alias.selected = true;
    else select.add(new Option(guess.split('/').at(-1).replaceAll('_', ' '), guess, true, true));
  }

  /** Says in the closed box what is chosen in the open one. */
  function showChoice(form) {
    for (const shown of form.querySelectorAll('[data-shows]')) {
      const field = form.elements.namedItem(shown.dataset.shows);
      if (field instanceof HTMLSelectElement) shown.textContent = field.selectedOptions[0]?.text;
      else showSections(form, shown);
    }
  }

  function showSections(form, shown) {
    shown.dataset.all ??= shown.textContent;
    const chosen = [...form.querySelectorAll('input[name=sections]:checked')];
    shown.textContent = chosen.map((input) => input.parentElement.textContent.trim()).join(', ') || shown.dataset.all;
  }

  class DailyBriefSignup extends HTMLElement {
    connectedCallback() {
      if (!this.shadowRoot) this.attachShadow({ mode: 'open' });
      void this.load();
    }

    get boxUrl() {
      return new URL(`/lists/${encodeURIComponent(this.getAttribute('list') ?? '')}/box`, home);
    }

    async load() {
      const url = this.boxUrl;
      if (this.lang) url.searchParams.set('lang', this.lang);
      await this.show(url, {});
    }

    /** Plain requests without credentials: nothing that a browser would have to ask leave for. */
    async show(url, request) {
      try {
        const response = await fetch(url, { ...request, credentials: 'omit' });
        this.fill(new DOMParser().parseFromString(await response.text(), 'text/html'));
      } catch {
        this.offerLink();
      }
    }

    fill(page) {
      const { lang, dir } = page.documentElement;
      const main = Object.assign(document.createElement('div'), { className: 'hosted', lang, dir });
      main.append(...document.importNode(page.querySelector('main'), true).childNodes);
      const style = Object.assign(document.createElement('link'), { rel: 'stylesheet' });
      style.href = new URL(page.querySelector('link[rel=stylesheet]').getAttribute('href'), home);
      for (const link of main.querySelectorAll('a')) link.href = new URL(link.getAttribute('href'), home);
      this.shadowRoot.replaceChildren(style, main);
      main.querySelectorAll('form').forEach((form) => this.take(form));
    }

    take(form) {
      if (form.matches('.box')) setUp(form);
      form.addEventListener('submit', async (event) => {
        event.preventDefault();
        await this.show(this.boxUrl, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
        const answer = this.shadowRoot.querySelector('[autofocus], h1');
        if (answer?.matches('h1')) answer.tabIndex = -1;
        answer?.focus();
      });
    }

    /** The page of the list works where this box does not. */
    offerLink() {
      const link = document.createElement('a');
      link.href = new URL(`/lists/${encodeURIComponent(this.getAttribute('list') ?? '')}`, home);
      link.textContent = this.textContent.trim() || link.host;
      this.shadowRoot.replaceChildren(link);
    }
  }

  if (!customElements.get('daily-brief-signup')) customElements.define('daily-brief-signup', DailyBriefSignup);
  document.querySelectorAll('form.box[data-brief]').forEach(setUp);
})();
