/** Splits the text of a migration where SQLite itself would. */

/** Everything that may hide a semicolon, or that counts for the depth of a trigger's body. */
const TOKEN =
  /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|[A-Za-z_][\w$]*|;|\s+|[\s\S]/g
const COMMENT = /^(--|\/\*)/
const TRIGGER = /^CREATE(?: (?:TEMP|TEMPORARY))? TRIGGER$/

/**
 * The statements of a text, in order, without their semicolons. Comments, quoted text and the
 * bodies of triggers (BEGIN … END, with CASE … END inside) are not split; a part that holds nothing
 * but comments is left out.
 */
export function splitStatements(text: string): string[] {
  const statements: string[] = []
  let part = newPart()
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === ';' && part.depth === 0) {
      if (!part.isBlank) statements.push(part.text.trim())
      part = newPart()
    } else {
      take(part, token)
    }
  }
  if (!part.isBlank) statements.push(part.text.trim())
  return statements
}

interface Part {
  text: string
  /** True while there is nothing to execute in it. */
  isBlank: boolean
  /** First words, which tell a trigger. */
  head: string
  isTrigger: boolean
  /** Blocks that are open in the body of a trigger. */
  depth: number
}

function newPart(): Part {
  return { text: '', isBlank: true, head: '', isTrigger: false, depth: 0 }
}

function take(part: Part, token: string): void {
  part.text += token
  if (COMMENT.test(token) || token.trim() === '') return
  part.isBlank = false
  const word = token.toUpperCase()
  if (!part.isTrigger) {
    if (part.head.length < 40) part.head = `${part.head} ${word}`.trim()
    part.isTrigger = TRIGGER.test(part.head)
  } else if (word === 'BEGIN' || word === 'CASE') {
    part.depth += 1
  } else if (word === 'END') {
    part.depth -= 1
  }
}
