select scope.scope_code
from core.unit_scopes as scope
inner join core.dossier_intake as intake on intake.unit_code = scope.unit_code
where intake.dossier_code = $code
