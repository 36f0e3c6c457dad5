import type { ProblemKind } from '../http/problem-kinds.ts'
import { Layout, type PageSetting } from './layout.tsx'

interface ProblemPageProps {
  readonly setting: PageSetting
  readonly code: string
  readonly kind: ProblemKind
}

/** What the `type` of a problem points to: its code, its status and what to do, for developers. */
export function ProblemPage({ setting, code, kind }: ProblemPageProps) {
  return (
    <Layout setting={setting} title={kind.title} path={`/problems/${code}`}>
      <div lang="en">
        <h1>{kind.title}</h1>
        <p class="lead">{kind.detail}</p>
        <p>
          <code>{code}</code> · HTTP {kind.status}
        </p>
        <p class="actions">
          <a href="/problems">All problems</a>
          <a href="/reference">API reference</a>
        </p>
      </div>
    </Layout>
  )
}

/** Every problem that the API answers, with its code. */
export function ProblemsPage({
  setting,
  kinds,
}: {
  readonly setting: PageSetting
  readonly kinds: readonly (readonly [code: string, kind: ProblemKind])[]
}) {
  return (
    <Layout setting={setting} title="Problems" path="/problems">
      <div lang="en">
        <h1>Problems</h1>
        <p class="lead">
          Refusals are RFC 9457 documents. Their <code>code</code> is stable; the words may change.
        </p>
        <table>
          <thead>
            <tr>
              <th scope="col">Code</th>
              <th scope="col">HTTP</th>
              <th scope="col">What it means, and what to do</th>
            </tr>
          </thead>
          <tbody>
            {kinds.map(([code, kind]) => (
              <tr>
                <td>
                  <a href={`/problems/${code}`}>{code}</a>
                </td>
                <td>{kind.status}</td>
                <td>
                  {kind.title}. {kind.detail}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Layout>
  )
}
