/** Reads an answer to its end. @throws Error when it is no success */
export async function okay(answer: Response | Promise<Response>): Promise<void> {
  const response = await answer
  if (!response.ok) throw new Error(`answered ${response.status}: ${await response.text()}`)
  await response.arrayBuffer()
}
