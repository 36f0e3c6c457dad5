import type { licenseMailsEn } from './license-mails-en.ts'

export const licenseMailsZhCn: typeof licenseMailsEn = {
  key: {
    subject: {
      granted: (product) => `${product}：您获得了一个许可证`,
      asked: (product) => `${product}：您的许可证密钥`,
      rotated: (product) => `${product}：您的新许可证密钥`,
    },
    lead: {
      granted: '我们为您提供了一个许可证，无需付款。',
      asked: '您请求了许可证的密钥。',
      rotated: '许可证的密钥已更换。已激活的安装保持激活。',
    },
    key: '许可证密钥',
    license: '许可证',
    id: '许可证编号',
    until: '有效期至',
    previous: (until) => `之前的密钥可用至 ${until}。`,
    previousNever: '之前的密钥已失效。',
    keep: '持有密钥的人即可使用许可证：请勿将其写入工单、聊天或截图。',
    notYou: '如果不是您本人的请求，请在控制台更换密钥并与我们联系。',
  },
  rebind: {
    subject: {
      requested: (product) => `${product}：有安装等待迁移`,
      approved: (product) => `${product}：安装已迁移`,
      denied: (product) => `${product}：安装未迁移`,
      withdrawn: (product) => `${product}：迁移请求已撤回`,
    },
    lead: {
      requested: '有许可证要从一个安装迁移到另一个安装。在我们审核之前不会有任何变化。',
      approved: '许可证已从一个安装迁移到另一个安装。旧的安装不再可用。',
      denied: '许可证迁移到另一个安装的请求未获批准，没有任何变化。',
      withdrawn: '迁移许可证的请求已撤回，没有任何变化。',
    },
    task: '等待您的决定：license-center rebind approve 或 deny。',
    license: '许可证',
    from: '从',
    to: '到',
    number: '请求编号',
    score: '评分',
    reasons: '需要人工审核的原因',
    note: '申请人留言',
    decision: '我们的理由',
    reason: {
      quota: '30 天内的迁移次数已用完',
      cooldown: '距上次迁移时间过短',
      offline: '旧主机没有网络，无法得知迁移',
      email_mismatch: '申请人的地址不是客户的地址',
      used_elsewhere: '新机器正在使用另一个许可证',
      many_lately: '近期迁移次数较多',
      young_activation: '旧安装激活不足一天',
      recently_seen: '旧安装在一小时内有过通信',
    },
    notYou: '如果不是您本人的请求，请立即与我们联系。',
  },
}
