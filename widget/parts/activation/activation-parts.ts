import { QrCode } from '../qr-code.ts'
import { AllocationLog } from './allocation-log.ts'
import { LicenseFile } from './license-file.ts'
import { LicenseInstallation } from './license-installation.ts'
import { LicenseInstallations } from './license-installations.ts'
import { LicenseKey } from './license-key.ts'
import { LicenseOffline } from './license-offline.ts'
import { LicenseRedeem } from './license-redeem.ts'
import { LicenseUnits } from './license-units.ts'
import { OfflineProof } from './offline-proof.ts'
import { RebindForm } from './rebind-form.ts'
import { ReleaseForm } from './release-form.ts'

/** The internal elements of the activation panels, by tag. */
export const ACTIVATION_PARTS = {
  'license-allocation-log': AllocationLog,
  'license-file': LicenseFile,
  'license-installation': LicenseInstallation,
  'license-installations': LicenseInstallations,
  'license-key': LicenseKey,
  'license-offline': LicenseOffline,
  'license-offline-proof': OfflineProof,
  'license-qr-code': QrCode,
  'license-rebind-form': RebindForm,
  'license-redeem': LicenseRedeem,
  'license-release-form': ReleaseForm,
  'license-units': LicenseUnits,
}
