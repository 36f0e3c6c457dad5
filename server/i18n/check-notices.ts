/** What a check says to a person when a product has no sentence of its own (S68). */
import type { ValidationCode } from '../domain/validation-codes.ts'
import type { Locale } from './locales.ts'

/** What a sentence may name; texts are ready to be shown. */
export interface CheckNumbers {
  readonly total: number
  readonly inUse: number
  /** Local date of the end. */
  readonly endsOn: string
  /** Local date from which it stops, grace included. */
  readonly stopsOn: string
}

type Sentence = (numbers: CheckNumbers) => string

const EN: Readonly<Record<ValidationCode, Sentence | null>> = {
  NOT_FOUND: () => 'No license has this key. Check it for typing mistakes.',
  WRONG_PRODUCT: () => 'This key belongs to another product.',
  REVOKED: () => 'This license was revoked. Contact support.',
  UNDER_REVIEW: () => 'This license is being reviewed. Contact support.',
  SUSPENDED: () => 'This license is suspended. Contact support.',
  CONSUMED: ({ total }) => `All ${total} units of this license are used up.`,
  EXPIRED: ({ endsOn }) => `The license expired on ${endsOn}. Renew it to go on; the key stays.`,
  NOT_ACTIVATED: ({ inUse, total }) =>
    `This installation is not activated (${inUse} of ${total} units in use).`,
  FINGERPRINT_MISMATCH: () =>
    'The license is activated for another installation. Ask for a rebind.',
  LIMIT_REACHED: ({ inUse, total }) =>
    `${inUse} of ${total} units are in use. Release one or add units.`,
  HEARTBEAT_DEAD: () => 'This installation was silent for too long. Activate it again.',
  ENTITLEMENT_MISSING: () => 'The license does not include this feature.',
  GRACE: ({ endsOn, stopsOn }) =>
    `The license expired on ${endsOn} and stops on ${stopsOn}. Renew it now.`,
  EXPIRING: ({ endsOn }) => `The license expires on ${endsOn}. Renew it in time.`,
  VALID: null,
}

const ZH_CN: Readonly<Record<ValidationCode, Sentence | null>> = {
  NOT_FOUND: () => '没有与此密钥对应的许可证,请检查输入是否有误。',
  WRONG_PRODUCT: () => '此密钥属于另一产品。',
  REVOKED: () => '此许可证已被撤销,请联系支持人员。',
  UNDER_REVIEW: () => '此许可证正在审核中,请联系支持人员。',
  SUSPENDED: () => '此许可证已暂停,请联系支持人员。',
  CONSUMED: ({ total }) => `此许可证的 ${total} 个单位已全部用完。`,
  EXPIRED: ({ endsOn }) => `许可证已于 ${endsOn} 到期。续订后即可继续使用,密钥不变。`,
  NOT_ACTIVATED: ({ inUse, total }) => `此安装尚未激活(已使用 ${inUse}/${total} 个单位)。`,
  FINGERPRINT_MISMATCH: () => '许可证已在另一安装上激活,请申请换绑。',
  LIMIT_REACHED: ({ inUse, total }) => `已使用 ${inUse}/${total} 个单位。请释放一个或增加单位。`,
  HEARTBEAT_DEAD: () => '此安装长时间没有响应,请重新激活。',
  ENTITLEMENT_MISSING: () => '许可证不包含此功能。',
  GRACE: ({ endsOn, stopsOn }) => `许可证已于 ${endsOn} 到期,将于 ${stopsOn} 停用,请立即续订。`,
  EXPIRING: ({ endsOn }) => `许可证将于 ${endsOn} 到期,请及时续订。`,
  VALID: null,
}

const WORDS: Readonly<Record<Locale, typeof EN>> = { en: EN, 'zh-CN': ZH_CN }

/** @returns null when there is nothing to say */
export function checkNotice(
  code: ValidationCode,
  numbers: CheckNumbers,
  locale: Locale,
): string | null {
  return WORDS[locale][code]?.(numbers) ?? null
}
