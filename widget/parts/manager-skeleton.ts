import { css, html, type TemplateResult } from 'lit'

/** The room that the manager takes, so that nothing jumps when it comes. */
export function managerSkeleton(): TemplateResult {
  return html`<div class="waiting-manager" aria-hidden="true">
    <div class="skeleton"></div>
    <div class="skeleton"></div>
    <div class="skeleton"></div>
  </div>`
}

export const managerSkeletonStyles = css`
  .waiting-manager {
    display: grid;
    grid-template-rows: 40px 44px 1fr;
    gap: calc(var(--_step) * 4);
    min-block-size: 560px;
  }
  .waiting-manager :first-child {
    inline-size: 40%;
  }
`
