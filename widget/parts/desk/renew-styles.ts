import { css } from 'lit'
import { base } from '../../styles/base.ts'
import { controls } from '../../styles/controls.ts'
import { surfaces } from '../../styles/surfaces.ts'
import { choiceGroupStyles } from '../choice-group.ts'
import { orderViewStyles } from '../order-facts.ts'
import { renewLinesStyles } from './renew-lines-styles.ts'

const pageStyles = css`
  :host {
    container-type: inline-size;
  }
  .page,
  .main {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: calc(var(--_step) * 5);
  }
  .head {
    display: grid;
    justify-items: start;
    gap: calc(var(--_step) * 1);
  }
  .head p {
    max-inline-size: 76ch;
  }
  .arrow:dir(rtl) {
    scale: -1 1;
  }
  .columns {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(280px, 340px);
    align-items: start;
    gap: calc(var(--_step) * 5);
  }
  .form {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_step) * 5) calc(var(--_step) * 10);
    padding: calc(var(--_step) * 4) calc(var(--_step) * 5);
  }
  .form select {
    inline-size: auto;
    min-inline-size: 180px;
    max-inline-size: 100%;
  }
  .form .field {
    align-content: start;
    justify-items: start;
  }
  .units .input {
    inline-size: 120px;
  }
  .check {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: calc(var(--_step) * 2.5);
    max-inline-size: 46ch;
    cursor: pointer;
  }
  .check input {
    inline-size: 20px;
    block-size: 20px;
    margin: 2px 0 0;
    accent-color: var(--_accent);
  }
  .check strong {
    font-weight: 600;
  }
  .check .hint {
    display: block;
  }
  .change,
  .day {
    margin-inline-start: 28px;
  }
  .day {
    display: grid;
    gap: calc(var(--_step) * 1);
  }
  .line {
    inline-size: 180px;
    block-size: 40px;
  }
  .block {
    block-size: 180px;
  }
  .summary {
    position: sticky;
    inset-block-start: calc(var(--_step) * 4);
    display: grid;
    gap: calc(var(--_step) * 5);
    padding: calc(var(--_step) * 5);
  }
  dl {
    display: grid;
    gap: calc(var(--_step) * 2);
  }
  dl div {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 calc(var(--_step) * 4);
  }
  .due {
    align-items: baseline;
    padding-block-start: calc(var(--_step) * 3);
    border-block-start: 1px solid var(--_line);
    font-weight: 650;
  }
  .due dd {
    font-size: 1.467em;
    letter-spacing: -0.01em;
  }
  .pay {
    inline-size: 100%;
  }
  .reasons {
    display: grid;
    gap: calc(var(--_step) * 1);
    margin-block: calc(var(--_step) * 1);
  }
  .alert .button,
  .alert .row {
    margin-block-start: calc(var(--_step) * 2);
  }
  .alert .row {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_step) * 2);
  }
  .alert .all {
    grid-column: 1 / -1;
  }
  .renewed {
    inline-size: 100%;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    text-align: start;
  }
  .renewed li {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 calc(var(--_step) * 4);
    padding: calc(var(--_step) * 2.5) calc(var(--_step) * 4);
  }
  .renewed li + li {
    border-block-start: 1px solid var(--_line);
  }
  details {
    inline-size: 100%;
  }
  summary {
    min-block-size: 28px;
    color: var(--_accent);
    cursor: pointer;
  }

  @container (inline-size < 900px) {
    .columns {
      grid-template-columns: minmax(0, 1fr);
    }
    .summary {
      position: static;
    }
  }
  @container (inline-size < 640px) {
    .form,
    .summary {
      padding: calc(var(--_step) * 4);
    }
  }
`

export const renewPageStyles = [
  base,
  controls,
  surfaces,
  choiceGroupStyles,
  orderViewStyles,
  pageStyles,
  renewLinesStyles,
]
