const bracketed = /<[^>]*>/g;
const url = /[a-z][a-z\d+.-]*:\/\/\S*/gi;
const mailbox = /(?:"[^"]*"|[^\s<>()[\]:;,"]*)@[^\s<>():;,"]*/g;
/** With a path, if there is one. A last label in mixed case is a sentence that lacks a space: `blocked.Please`. */
const hostName = /(?:[\p{L}\d_-]+\.)+(?:xn--[\w-]+|[\p{Ll}\p{Lo}]{2,}|\p{Lu}{2,})(?![\p{L}\d])(?:\/\S*)?/gu;

/**
 * The words of a reply without what only names something: addresses, URLs and host names. A reader whose address is
 * `ana+spam@blocked.example` is not judged by it.
 */
export const plainWords = (text: string): string =>
  [url, bracketed, mailbox, hostName].reduce((rest, names) => rest.replace(names, ' '), text);
