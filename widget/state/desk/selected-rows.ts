/** A CSV file as our server writes it (RFC 4180), reduced to some of its rows. */

const BYTE_ORDER_MARK = '\u{feff}'
/** What stands between two line ends that are not quoted. */
const RECORD = /(?:[^"\r\n]|"[^"]*")+/g

/** @param ids  of the first column @returns the same columns, in the same order */
export async function selectedRows(file: Blob, ids: ReadonlySet<string>): Promise<Blob> {
  const [heading = '', ...rows] = (await file.text()).match(RECORD) ?? []
  const kept = rows.filter((row) => ids.has(row.slice(0, row.indexOf(','))))
  return new Blob([BYTE_ORDER_MARK, [heading, ...kept].join('\r\n')], { type: file.type })
}
